using LayerPS.Linux;

namespace LayerPS.Containers;

/// <summary>How the session that starts a container is attached to it from the beginning, see <see cref="Attachment.AtStart"/>.</summary>
/// <param name="Socket">The name of the socket, in the container's directory, that the session listens on.</param>
/// <param name="Size">The size of the session's terminal; null where it has none.</param>
internal sealed record StartAttachment(string Socket, TerminalSize? Size);
