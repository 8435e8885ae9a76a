using System.Text;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Parameters of the kernel that belong to the namespaces of this process, see sysctl(8) and proc_sys(5).</summary>
internal static class KernelParameters
{
    private const string Directory = "/proc/sys/", OutOfMemoryScore = "/proc/self/oom_score_adj";

    internal static void Set(string name, string value)
    {
        // Names of network devices can have dots; then the parts have slashes between them.
        string path = name.Contains('/') ? name : name.Replace('.', '/');
        try
        {
            Write(Directory + path, value);
        }
        catch (LinuxException failure)
        {
            throw new IOException($"The parameter '{name}' cannot be set to '{value}': {failure.Message}", failure);
        }
    }

    /// <summary>How soon the kernel kills this process where memory is short, see proc_pid_oom_score_adj(5).</summary>
    internal static void SetOutOfMemoryScore(int score)
    {
        try
        {
            Write(OutOfMemoryScore, score.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EACCES)
        {
            throw new IOException(
                $"A score of {score} is below that of this session, which only one with CAP_SYS_RESOURCE can give.", failure);
        }
    }

    private static void Write(string path, string value)
    {
        int file = Descriptors.Open(path, LibC.O_WRONLY);
        try
        {
            Descriptors.WriteAll(file, Encoding.UTF8.GetBytes(value));
        }
        finally
        {
            Descriptors.Close(file);
        }
    }
}
