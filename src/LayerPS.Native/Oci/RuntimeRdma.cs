namespace LayerPS.Oci;

/// <summary>Limits of one RDMA device (runtime-spec, config-linux.md, "RDMA").</summary>
internal sealed record RuntimeRdma
{
    public uint? HcaHandles { get; set; }

    public uint? HcaObjects { get; set; }
}
