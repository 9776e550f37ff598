using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Configurations;

/// <summary>The seam to what environments make of the services of a release.</summary>
public interface IServiceConfigurations
{
    /// <summary>The service with values and references in their places, as a deployment to the environment would have it now. Nothing is kept.</summary>
    /// <exception cref="FairleadException">NotFound: there is no such environment; Invalid: it does not fit what the release declares, a line for each problem.</exception>
    Task<ReleasedService> ConfigureAsync(Release release, ReleasedService service, string environment, CancellationToken cancellationToken);
}
