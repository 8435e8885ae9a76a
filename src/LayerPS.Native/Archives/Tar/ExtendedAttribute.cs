namespace LayerPS.Archives;

/// <summary>An extended attribute; both its name and its value are bytes.</summary>
internal sealed record ExtendedAttribute(byte[] Name, byte[] Value);
