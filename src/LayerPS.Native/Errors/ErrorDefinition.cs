using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS;

/// <summary>One row of the table of errors: what scripts can rely on.</summary>
/// <param name="Id">The stable ErrorId, of the form <c>&lt;Noun&gt;&lt;Condition&gt;</c>.</param>
/// <param name="Class">The PowerShell ErrorCategory by name.</param>
/// <param name="RecommendedAction">What a person can do about it, unless the error at hand knows better.</param>
public sealed record ErrorDefinition(string Id, ErrorClass Class, string RecommendedAction)
{
    /// <summary>The row that a failure belongs to, also one that the engine did not foresee.</summary>
    public static ErrorDefinition Of(Exception failure) => failure switch
    {
        EngineException foreseen => foreseen.Definition,
        // A kernel without the call, or without the file system.
        LinuxException refused when refused.Errno == LibC.ENOSYS => EngineErrors.HostNotSupported,
        LinuxException { Call: Mounts.OpenCall } refused when refused.Errno == LibC.ENODEV => EngineErrors.HostNotSupported,
        LinuxException refused => OfErrno(refused.Errno),
        UnauthorizedAccessException => EngineErrors.HostAccessDenied,
        // The runtime's own exceptions for files carry errno in HResult, or a Windows code where they have a type for it.
        IOException io => OfErrno(io.HResult),
        _ => EngineErrors.EngineDefect,
    };

    private static ErrorDefinition OfErrno(int errno)
    {
        if (errno == LibC.EACCES || errno == LibC.EPERM || errno == LibC.EROFS) return EngineErrors.HostAccessDenied;
        return errno == LibC.ENOSPC || errno == LibC.EDQUOT ? EngineErrors.HostDiskFull : EngineErrors.HostCallFailed;
    }
}
