#!/bin/sh
# Runs tests of the module in a virtual machine that has version 2 of cgroups and nothing else: a Debian of its own,
# without network, whose disk stays as it was made. ./run.sh [-Filter <part of a name>] [<name of a test file> ...]; the
# exit code is that of the tests. As root, after the module and the host of tests/PSHost have been built.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(dirname -- "$(dirname -- "$here")")
vm=$root/artifacts/vm
parent=$PPID
patience=${LAYERPS_VM_PATIENCE:-7200} # seconds
# Emulation works everywhere; kvm is many times faster where the machine lets it.
accelerator=${LAYERPS_VM_ACCELERATOR:-tcg}

say() { printf '%s\n' "$*" >&2; }

[ "$(uname -m)" = x86_64 ] || { say 'The virtual machine is made for x64 alone.'; exit 1; }
[ "$(id -u)" = 0 ] || { say 'The disk of the virtual machine is made by root: sudo ./build.sh test-vm'; exit 1; }

mkdir -p "$vm"
exec 9>"$vm/lock"
flock -n 9 || { say "Another test-vm is at work in $vm."; exit 1; }

machine=
finish() {
    code=$?
    trap - EXIT
    if [ -n "$machine" ]; then kill -KILL "$machine" 2>/dev/null || :; wait "$machine" 2>/dev/null || :; fi
    rm -rf "$vm/content" "$vm/tests.ext4"
    exit $code
}
trap finish EXIT
trap 'exit 130' INT TERM HUP PIPE

# The disk is made once, and again when what makes it has changed.
recipe=$(sha256sum <"$here/make-disk.sh")
if [ ! -e "$vm/disk.ext4" ] || [ "$(cat "$vm/recipe" 2>/dev/null)" != "$recipe" ]; then
    sh "$here/make-disk.sh" "$vm" 9>&-
    printf '%s\n' "$recipe" >"$vm/recipe"
fi

# What the tests need, as in the project's folder.
content=$vm/content
rm -rf "$content"
mkdir -p "$content/artifacts" "$content/dotnet/shared" "$content/tests"
cp -a "$root/artifacts/LayerPS" "$root/artifacts/pshost" "$content/artifacts/"
cp -a "$root/tests/Pester" "$here" "$content/tests/"
cp -a "$root/LayerPS.psd1" "$root/README.md" "$root/docs" "$content/"
dotnet=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")
cp -a "$dotnet/dotnet" "$dotnet/host" "$content/dotnet/"
cp -a "$dotnet/shared/Microsoft.NETCore.App" "$content/dotnet/shared/"
: >"$content/words"
for word; do printf '%s\n' "$word" >>"$content/words"; done
rm -f "$vm/tests.ext4"
truncate -s 1G "$vm/tests.ext4"
mkfs.ext4 -q -F -d "$content" "$vm/tests.ext4"
rm -rf "$content"

# Where this process is killed, the kernel ends the machine as well.
say 'Starting the virtual machine ...'
TMPDIR=$vm setpriv --pdeathsig KILL qemu-system-x86_64 \
    -accel "$accelerator" -cpu max -smp 2 -m 2G -nic none -display none -monitor none -no-reboot \
    -kernel "$vm/vmlinuz" -initrd "$vm/initrd.img" \
    -append 'root=/dev/vda rw console=ttyS0 quiet loglevel=3 systemd.show_status=0 mitigations=off' \
    -drive "file=$vm/disk.ext4,if=virtio,format=raw,snapshot=on" \
    -drive "file=$vm/tests.ext4,if=virtio,format=raw,cache=unsafe" \
    -serial stdio 2>"$vm/qemu.log" 9>&- </dev/null &
machine=$!
waited=0
while kill -0 "$machine" 2>/dev/null; do
    kill -0 "$parent" 2>/dev/null || exit 130
    if [ "$waited" -ge "$patience" ]; then
        say "The virtual machine has not ended within $patience seconds."
        exit 1
    fi
    sleep 1
    waited=$((waited + 1))
done
machine=

debugfs -R "cat /exit-code" "$vm/tests.ext4" 2>/dev/null >"$vm/exit-code" || :
code=$(cat "$vm/exit-code")
if [ -z "$code" ]; then
    say 'The virtual machine ended before the tests did.'
    cat "$vm/qemu.log" >&2
    exit 1
fi
exit "$code"
