using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Replay.Tests.Running;

/// <summary>Environments that a test writes down: each gives one setting a value.</summary>
internal sealed class FixedConfigurations : IServiceConfigurations
{
    public Dictionary<string, double> Values { get; } = [];

    public Task<ReleasedService> ConfigureAsync(Release release, ReleasedService service, string environment, CancellationToken cancellationToken) =>
        Values.TryGetValue(environment, out var value)
            ? Task.FromResult(service with { Config = [.. (service.Config ?? []).Select(setting => setting with { Value = JsonSerializer.SerializeToElement(value) })] })
            : throw FairleadException.NotFound($"There is no environment '{environment}'.");
}
