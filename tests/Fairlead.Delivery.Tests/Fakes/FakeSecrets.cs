using Fairlead.Domain.Configurations;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>Versions of secrets by name, and of those of one environment by <c>environment/name</c>.</summary>
internal sealed class FakeSecrets : ISecretIndex
{
    public Dictionary<string, int> Versions { get; } = [];

    public int? FindVersion(string name, string environment) =>
        Versions.TryGetValue($"{environment}/{name}", out var own) ? own : Versions.TryGetValue(name, out var shared) ? shared : null;
}
