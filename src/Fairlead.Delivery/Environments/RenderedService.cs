using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Environments;

/// <summary>A service of a release with what an environment makes of it.</summary>
/// <param name="Service">As a server group has it.</param>
/// <param name="Digest">Of the configuration.</param>
internal sealed record RenderedService(ReleasedService Service, GroupConfiguration Configuration, Digest Digest);
