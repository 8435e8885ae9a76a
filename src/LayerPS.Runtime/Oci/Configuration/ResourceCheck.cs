using LayerPS.Oci;
using static LayerPS.Runtime.Oci.Configuration.ProcessCheck;

namespace LayerPS.Runtime.Oci.Configuration;

/// <summary>What is refused of the limits (runtime-spec, config-linux.md, "Control groups").</summary>
internal static class ResourceCheck
{
    internal static void Check(RuntimeResources resources)
    {
        if (resources.Memory is { } memory)
        {
            if (memory.Reservation is not (null or 0)) throw NotSupported("linux.resources.memory.reservation");
            if (memory.Kernel is not (null or 0 or -1)) throw NotSupported("linux.resources.memory.kernel");
            if (memory.KernelTcp is not (null or 0 or -1)) throw NotSupported("linux.resources.memory.kernelTCP");
            if (memory.Swappiness is not null) throw NotSupported("linux.resources.memory.swappiness");
            if (memory.DisableOutOfMemoryKiller == true) throw NotSupported("linux.resources.memory.disableOOMKiller");
        }

        if (resources.Cpu is { } cpu)
        {
            if (cpu.Burst is not (null or 0)) throw NotSupported("linux.resources.cpu.burst");
            if (cpu.RealtimeRuntime is not (null or 0)) throw NotSupported("linux.resources.cpu.realtimeRuntime");
            if (cpu.RealtimePeriod is not (null or 0)) throw NotSupported("linux.resources.cpu.realtimePeriod");
            if (cpu.Mems is { Length: > 0 }) throw NotSupported("linux.resources.cpu.mems");
            if (cpu.Idle is not (null or 0)) throw NotSupported("linux.resources.cpu.idle");
        }

        if (resources.BlockIo is { } block)
        {
            if (block.LeafWeight is not (null or 0)) throw NotSupported("linux.resources.blockIO.leafWeight");
            if (block.WeightDevice.Count > 0) throw NotSupported("linux.resources.blockIO.weightDevice");
            if (block.ThrottleReadBpsDevice.Count > 0) throw NotSupported("linux.resources.blockIO.throttleReadBpsDevice");
            if (block.ThrottleWriteBpsDevice.Count > 0) throw NotSupported("linux.resources.blockIO.throttleWriteBpsDevice");
            if (block.ThrottleReadOperationsDevice.Count > 0) throw NotSupported("linux.resources.blockIO.throttleReadIOPSDevice");
            if (block.ThrottleWriteOperationsDevice.Count > 0) throw NotSupported("linux.resources.blockIO.throttleWriteIOPSDevice");
        }

        if (resources.HugepageLimits is { Count: > 0 }) throw NotSupported("linux.resources.hugepageLimits");
        if (resources.Network is { ClassId: not null } or { Priorities.Count: > 0 }) throw NotSupported("linux.resources.network");
        if (resources.Rdma is { Count: > 0 }) throw NotSupported("linux.resources.rdma");
        if (resources.Unified?.Keys.FirstOrDefault(static file => file.Contains('/') || !file.Contains('.')) is { } odd)
            throw SpecificationCheck.Refused("linux.resources.unified", $"'{odd}' is no file of a cgroup");
    }
}
