using System.Globalization;
using System.Management.Automation.Host;

namespace LayerPS.TestShell.Hosting;

/// <summary>The host that the engine talks to: this console.</summary>
internal sealed class ConsoleHost(bool canPrompt) : PSHost
{
    internal ConsoleUserInterface Console { get; } = new(canPrompt);

    /// <summary>The code given to <c>exit</c>, or null while no one has asked to leave.</summary>
    internal int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "PSHost";

    public override PSHostUserInterface UI => Console;

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override void EnterNestedPrompt() =>
        throw new NotSupportedException("This host has no nested prompt. Use pwsh to debug.");

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication() => Console.EndProgress();

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
