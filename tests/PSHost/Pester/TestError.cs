using System.Management.Automation;

namespace LayerPS.TestShell.Pester;

/// <summary>Exceptions as a catch block of PowerShell sees them.</summary>
internal static class TestError
{
    internal static ErrorRecord Of(Exception error) => error switch
    {
        IContainsErrorRecord { ErrorRecord: { Exception: ParentContainsErrorRecordException } record } =>
            new ErrorRecord(record, error),
        IContainsErrorRecord { ErrorRecord: { } record } => record,
        _ => new ErrorRecord(error, "TestEnded", ErrorCategory.NotSpecified, null),
    };
}
