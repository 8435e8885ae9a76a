#!/bin/sh
# Makes the disk of the virtual machine, and its kernel beside it: ./make-disk.sh <folder>. As root. Nothing is mounted
# but in a mount namespace that goes with this process.
set -eu
folder=$1
suite=bookworm
packages=systemd-sysv,udev,kmod,initramfs-tools,linux-image-cloud-amd64,procps,busybox-static,libseccomp2,attr,acl
packages=$packages,libcap2-bin,bzip2,zstd,xz-utils,libarchive-tools

root=$folder/root
rm -rf "$root"
mkdir -p "$root"
trap 'rm -rf "$root" "$folder/disk.ext4.new"' EXIT
trap 'exit 130' INT TERM HUP
printf '%s\n' "Making the disk with Debian $suite ..."
unshare --mount --pid --fork --kill-child debootstrap --variant=minbase --include="$packages" \
    "$suite" "$root" http://deb.debian.org/debian >"$folder/debootstrap.log" 2>&1 || {
    tail -n 20 "$folder/debootstrap.log" >&2
    exit 1
}

printf 'layerps\n' >"$root/etc/hostname"
printf '127.0.0.1 localhost layerps\n' >"$root/etc/hosts"
printf '/dev/vda / ext4 defaults 0 1\n/dev/vdb /tests ext4 defaults 0 2\n' >"$root/etc/fstab"
mkdir "$root/tests"
cat >"$root/etc/systemd/system/tests.service" <<'UNIT'
[Unit]
Description=Tests of LayerPS
RequiresMountsFor=/tests
SuccessAction=poweroff-force
FailureAction=poweroff-force

[Service]
Type=oneshot
ExecStart=/bin/sh /tests/tests/vm/guest.sh
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0

[Install]
WantedBy=multi-user.target
UNIT
ln -s ../tests.service "$root/etc/systemd/system/multi-user.target.wants/tests.service"
# What would be at work beside the tests, or write on their terminal.
for unit in serial-getty@ttyS0.service getty@tty1.service apt-daily.timer apt-daily-upgrade.timer \
    dpkg-db-backup.timer e2scrub_all.timer fstrim.timer; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
done

cp -L "$root/vmlinuz" "$folder/vmlinuz"
cp -L "$root/initrd.img" "$folder/initrd.img"
rm -rf "$root"/var/cache/apt/archives/*.deb
truncate -s 6G "$folder/disk.ext4.new"
mkfs.ext4 -q -F -d "$root" "$folder/disk.ext4.new"
mv "$folder/disk.ext4.new" "$folder/disk.ext4"
