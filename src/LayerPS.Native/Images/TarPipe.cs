using System.IO.Pipes;
using System.Runtime.ExceptionServices;

namespace LayerPS.Images;

/// <summary>Joins one that writes a tar with one that reads it, each on its own thread.</summary>
internal static class TarPipe
{
    /// <returns>What the reader returned, after the writer has ended well.</returns>
    internal static T Run<T>(Action<Stream, CancellationToken> write, Func<Stream, T> read, CancellationToken cancellationToken)
        where T : IDisposable
    {
        using AnonymousPipeServerStream entry = new(PipeDirection.Out);
        using AnonymousPipeClientStream exit = new(PipeDirection.In, entry.ClientSafePipeHandle);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? writerFailure = null;
        var writer = new Thread(() =>
        {
            try
            {
                write(entry, stop.Token);
            }
            catch (Exception e)
            {
                Volatile.Write(ref writerFailure, e);
            }
            finally
            {
                entry.Dispose();
            }
        });
        writer.Start();
        Exception? readerFailure = null;
        T? result = default;
        try
        {
            result = read(exit);
        }
        catch (Exception e)
        {
            // The writer's failure, if it had one by now, is why the stream ended too early. Later it only finds that
            // nobody reads any more.
            readerFailure = Volatile.Read(ref writerFailure) ?? e;
        }

        stop.Cancel();
        exit.Dispose();
        writer.Join();
        if ((readerFailure ?? writerFailure) is not { } failure) return result!;
        result?.Dispose();
        ExceptionDispatchInfo.Throw(failure);
        throw failure;
    }
}
