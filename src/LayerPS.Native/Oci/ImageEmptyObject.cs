namespace LayerPS.Oci;

/// <summary>The value in maps of which only the keys count, as Go writes a set.</summary>
internal sealed record ImageEmptyObject;
