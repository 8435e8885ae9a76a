using System.Diagnostics;
using System.Text;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>Runs the host's own tools, which make the fixtures and check the results.</summary>
internal static class Shell
{
    /// <returns>The standard output, each byte a char.</returns>
    internal static string Run(string command, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string whole = $"{command} {string.Join(' ', arguments)}";
        Assert.True(process.ExitCode == 0, $"{whole}: {process.ExitCode}\n{error.Result}");
        return output;
    }

    internal static string Script(string directory, string script) =>
        Run("bash", "-euc", $"cd '{directory}'\n{script}");
}
