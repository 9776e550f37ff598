using Fairlead.Domain.Configurations;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Domain.Models;

/// <summary>The seam that works out what a chain takes and gives, with the engines that will serve it.</summary>
public interface IChainInspector
{
    /// <param name="service">What messages call the chain.</param>
    /// <param name="definition">As the project file has it.</param>
    /// <param name="stages">For each stage of the definition, in order, its model version or the text of its transform.</param>
    /// <param name="config">What transforms find in the table <c>config</c>; null for nothing.</param>
    /// <exception cref="Problems.FairleadException">Invalid: two stages do not fit together, or a transform is no query that is served; the message names the stage and the cure.</exception>
    ReleasedChain Inspect(string service, ChainDefinition definition, IReadOnlyList<ReleasedStage> stages, IReadOnlyList<ConfigSetting>? config = null);
}
