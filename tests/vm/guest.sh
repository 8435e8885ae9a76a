#!/bin/sh
# What the virtual machine does: it runs the tests on its console and writes their exit code to the disk they came on.
stty -onlcr 2>/dev/null
export DOTNET_ROOT=/tests/dotnet HOME=/root LANG=C.UTF-8 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/tests/dotnet
cd /tests || exit
echo "Linux $(uname -r), cgroup controllers: $(cat /sys/fs/cgroup/cgroup.controllers)"
# Its standard input is no terminal, as in a pipeline.
/tests/artifacts/pshost/pshost -NoProfile -File /tests/tests/vm/guest.ps1 </dev/null
echo $? >/tests/exit-code
sync
