using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Seccomp;
using Xunit;

namespace LayerPS.Tests.Seccomp;

/// <summary>What the usual profile says, on the machines and for the containers that its rules depend on.</summary>
public sealed class DefaultProfileTests
{
    private static readonly Version Kernel = new(6, 18);
    private static readonly SeccompProfile Profile = Read();

    [Theory]
    [InlineData("set_tls", "arm64", true)]
    [InlineData("cacheflush", "arm64", true)]
    [InlineData("breakpoint", "arm64", true)]
    [InlineData("set_tls", "amd64", false)]
    [InlineData("openat", "arm64", true)]
    [InlineData("arch_prctl", "amd64", true)]
    [InlineData("mount", "amd64", false)]
    [InlineData("kexec_load", "arm64", false)]
    public void ACallIsAllowedOnAnArchitecture(string call, string architecture, bool expected) =>
        Assert.Equal(expected, Allows(call, architecture, DefaultCapabilities.Names));

    [Theory]
    [InlineData("mount", "CAP_SYS_ADMIN")]
    [InlineData("init_module", "CAP_SYS_MODULE")]
    [InlineData("settimeofday", "CAP_SYS_TIME")]
    [InlineData("open_by_handle_at", "CAP_DAC_READ_SEARCH")]
    [InlineData("bpf", "CAP_BPF")]
    public void ACallGoesWithItsCapability(string call, string capability)
    {
        Assert.False(Allows(call, "amd64", DefaultCapabilities.Names));
        Assert.True(Allows(call, "amd64", [.. DefaultCapabilities.Names, capability]));
    }

    [Theory]
    [InlineData("kexec_load")]
    [InlineData("add_key")]
    [InlineData("io_uring_setup")]
    [InlineData("userfaultfd")]
    public void ACallGoesWithNoCapability(string call) => Assert.False(Allows(call, "amd64", Capabilities.Names));

    [Fact]
    public void EveryRuleSaysWhy() => Assert.All(
        JsonDocument.Parse(Text()).RootElement.GetProperty("syscalls").EnumerateArray(),
        static rule => Assert.False(string.IsNullOrWhiteSpace(rule.GetProperty("comment").GetString())));

    private static bool Allows(string call, string architecture, IReadOnlyList<string> capabilities)
    {
        SeccompTarget target = new(architecture, Kernel, capabilities);
        return Profile.Syscalls.Any(rule =>
            rule.Action == "SCMP_ACT_ALLOW" && rule.AllNames.Contains(call) && rule.AppliesTo(target));
    }

    private static SeccompProfile Read() =>
        JsonSerializer.Deserialize(Text(), SeccompJson.Default.SeccompProfile)!;

    private static string Text()
    {
        using Stream resource = typeof(SeccompProfile).Assembly.GetManifestResourceStream("default-profile.json")!;
        using StreamReader reader = new(resource);
        return reader.ReadToEnd();
    }
}
