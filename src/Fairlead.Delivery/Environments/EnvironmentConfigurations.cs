using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Environments;

/// <summary>What environments make of services: worked out, kept in the store by digest, and put into server groups.</summary>
/// <param name="secrets">Which secrets there are; null leaves that to the hosts.</param>
public sealed class EnvironmentConfigurations(IArtifactStore store, ISecretIndex? secrets = null)
{
    /// <summary>Works it out, problems included; nothing is kept.</summary>
    internal Rendering Render(Release release, IReadOnlyList<ReleasedService> services, EnvironmentDefinition environment) =>
        new ConfigurationRenderer(release, environment, secrets).Render(services);

    /// <summary>As <see cref="Render"/>, of one service, whatever the environment says that no service takes.</summary>
    internal Rendering RenderOnly(Release release, ReleasedService service, EnvironmentDefinition environment) => new ConfigurationRenderer(release, environment, secrets).RenderOnly(service);

    /// <summary>Works it out and keeps the documents.</summary>
    /// <exception cref="FairleadException">Invalid: every problem, a line each.</exception>
    internal async Task<IReadOnlyList<RenderedService>> RequireAsync(
        Release release, IReadOnlyList<ReleasedService> services, EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        var rendering = Render(release, services, environment);
        if (rendering.Problems.Count > 0)
            throw FairleadException.Invalid(string.Join('\n', rendering.Problems));
        foreach (var rendered in rendering.Services.Where(rendered => rendered.Digest != GroupConfiguration.EmptyDigest))
            await store.PutBytesAsync(rendered.Configuration.ToBytes(), cancellationToken).ConfigureAwait(false);
        return rendering.Services;
    }

    /// <summary>The kept document.</summary>
    /// <exception cref="FairleadException">NotFound; Damaged.</exception>
    internal async Task<GroupConfiguration> ReadAsync(Digest? digest, CancellationToken cancellationToken) =>
        digest is not { IsSet: true } kept || kept == GroupConfiguration.EmptyDigest
            ? GroupConfiguration.Empty
            : GroupConfiguration.Parse(await store.ReadAsync(kept, cancellationToken).ConfigureAwait(false));
}
