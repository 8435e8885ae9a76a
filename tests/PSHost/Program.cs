using LayerPS.TestShell;
using LayerPS.TestShell.Hosting;
using LayerPS.TestShell.Interactive;

HostArguments arguments;
try
{
    arguments = HostArguments.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(HostArguments.Usage);
    return 64;
}

var interactive = arguments is { File: null, Command: null } && !Console.IsInputRedirected;
using var session = new Session(new ConsoleHost(canPrompt: !arguments.NonInteractive && !Console.IsInputRedirected));

var exitCode = arguments switch
{
    { File: { } file } => session.RunFile(file, arguments.ScriptArguments),
    { Command: { } command } when command != "-" => session.RunCommand(command),
    _ when interactive => 0,
    _ => session.RunCommand(Console.In.ReadToEnd()),
};

return interactive || (arguments.NoExit && !session.ExitRequested) ? new InteractivePrompt(session).Run() : exitCode;
