using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Domain.Models;

/// <summary>The seam that finds out what a chain takes and gives, and whether its stages fit.</summary>
public interface IChainInspector
{
    /// <param name="service">What messages call it.</param>
    /// <param name="stages">The stages of the definition with the model version or the text of the transform filled in.</param>
    /// <exception cref="Problems.FairleadException">Invalid or Failed: one sentence for the first stage that does not fit.</exception>
    ReleasedChain Inspect(string service, ChainDefinition definition, IReadOnlyList<ReleasedStage> stages);
}
