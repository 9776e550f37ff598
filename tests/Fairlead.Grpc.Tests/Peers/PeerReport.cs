using System.Text.Json;

namespace Fairlead.Grpc.Tests.Peers;

/// <summary>What a peer's program printed: one line of JSON for each of its cases, null or what went wrong.</summary>
internal sealed class PeerReport(string output)
{
    private readonly Dictionary<string, string?> cases = output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonSerializer.Deserialize<string?[]>(line)!)
        .ToDictionary(parts => parts[0]!, parts => parts[1], StringComparer.Ordinal);

    public void AssertPassed(string name)
    {
        Assert.Contains(name, cases.Keys);
        if (cases[name] is { } problem)
            Assert.Fail(problem);
    }

    public void AssertOnly(IEnumerable<string> names) => Assert.Equal(names.Order(), cases.Keys.Order());
}
