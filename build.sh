#!/bin/sh
# Finds or builds a PowerShell and runs build.ps1 in it. Needs the .NET 10 SDK and nothing else beforehand.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

usage() {
    cat <<'USAGE'
Usage: ./build.sh <task> [options]

  build     put the importable module into artifacts/LayerPS
  test      build, then run every test; -Filter <part of a name> for some of them
  test-vm   build, then run tests in a virtual machine with version 2 of cgroups (as root); name test files for others
            than the usual ones
  demo      build, then show LayerPS at work (as root)
  bench     build, then measure LayerPS beside other engines
  shell     open a PowerShell session with the module imported
  package   pack the module for other machines
  clean     remove everything that was built
USAGE
}

say() { printf '%s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

task=${1:-}
case $task in
    build | test | test-vm | demo | bench | shell | package | clean) shift ;;
    help | -h | --help) usage; exit 0 ;;
    '') usage >&2; exit 2 ;;
    *) say "Unknown task '$task'."; usage >&2; exit 2 ;;
esac
cd "$root"
name=$task
if [ "$task" = test-vm ]; then name=TestVm; fi

# sudo gives a short PATH, so look where the SDK is usually put.
for folder in "${DOTNET_ROOT:-}" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet "${HOME:-}/.dotnet"; do
    has dotnet && break
    if [ -n "$folder" ] && [ -x "$folder/dotnet" ]; then PATH=$PATH:$folder; fi
done
if ! has dotnet || ! dotnet --version >/dev/null 2>&1; then
    say 'LayerPS is built with the .NET 10 SDK, which was not found.'
    say 'Get it from https://dot.net/download, or on Debian and Ubuntu: apt-get install dotnet-sdk-10.0'
    exit 1
fi
DOTNET_ROOT=${DOTNET_ROOT:-$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")}
export PATH DOTNET_ROOT DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# What the machine must have, one line each: the probe, then the Debian package that has it.
missing_packages() {
    has gcc || has clang || echo gcc libc6-dev
    [ -e /usr/include/zlib.h ] || echo zlib1g-dev
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -q 'libseccomp\.so\.2' || echo libseccomp2
    if [ "$task" = test-vm ]; then
        has qemu-system-x86_64 || echo qemu-system-x86
        PATH=$PATH:/sbin:/usr/sbin
        has debootstrap || echo debootstrap
        has mkfs.ext4 || echo e2fsprogs
    fi
    case $task in test | bench) ;; *) return ;; esac
    has busybox || echo busybox-static
    has bzip2 || echo bzip2
    has zstd || echo zstd
    has xz || echo xz-utils
    has bsdtar || echo libarchive-tools
    has setfattr || echo attr
    has skopeo || echo skopeo
    has setfacl || echo acl
    PATH=$PATH:/sbin:/usr/sbin
    has setcap || echo libcap2-bin
}

install_packages() {
    say "Installing what is missing here: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -q --no-install-recommends "$@" >&2 || {
        apt-get update -q >&2
        apt-get install -y -q --no-install-recommends "$@" >&2
    }
}

if [ "$task" != clean ]; then
    packages=$(missing_packages | tr '\n' ' ')
    if [ -n "$packages" ]; then
        # shellcheck disable=SC2086 # a list of words
        if [ "$(id -u)" = 0 ] && has apt-get; then
            install_packages $packages
        else
            say "LayerPS needs what these packages of Debian and Ubuntu hold: $packages"
            say "There: sudo apt-get install $packages"
            say 'Elsewhere: install the same with the package manager of your distribution.'
            exit 1
        fi
    fi
fi

new_enough() {
    case $("$@" -NoProfile -NonInteractive -Command '$PSVersionTable.PSVersion -ge [version] "7.6"' 2>/dev/null) in
        True) return 0 ;;
        *) return 1 ;;
    esac
}

if has pwsh && new_enough pwsh; then
    exec pwsh -NoProfile -File "$root/build.ps1" -Task "$name" "$@"
fi

# The pinned tool, unless it could not be had here within the last day.
mkdir -p artifacts/.build
refused=artifacts/.build/no-powershell-tool
if [ -z "$(find "$refused" -mtime -1 -newer .config/dotnet-tools.json 2>/dev/null)" ]; then
    if timeout 60 dotnet tool restore >/dev/null 2>&1 && new_enough dotnet tool run pwsh --; then
        exec dotnet tool run pwsh -- -NoProfile -File "$root/build.ps1" -Task "$name" "$@"
    fi
    touch "$refused"
fi

host=artifacts/pshost
sources='tests/PSHost Directory.Build.props Directory.Packages.props global.json'
# shellcheck disable=SC2086 # a list of words
stale() {
    [ -x $host/pshost ] || return 0
    [ -n "$(find $sources \( -name bin -o -name obj \) -prune -o -newer $host/pshost.dll -print -quit)" ]
}
build_host() {
    stale || return 0
    say 'There is no PowerShell 7.6 here: building the host of tests/PSHost ...'
    rm -rf $host.new
    dotnet publish tests/PSHost -c Release -v quiet --nologo -o $host.new >&2 9>&-
    touch $host.new/pshost.dll
    rm -rf $host
    mv $host.new $host
}
# Two of us build it once. The compiler that stays behind must not hold the lock.
exec 9>artifacts/.build/host.lock
flock 9
build_host
exec 9>&-
exec $host/pshost -NoProfile -File "$root/build.ps1" -Task "$name" "$@"
