using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>Chains that always fit.</summary>
internal sealed class FakeChains : IChainInspector
{
    public ReleasedChain Inspect(string service, ChainDefinition definition, IReadOnlyList<ReleasedStage> stages, IReadOnlyList<ConfigSetting>? config = null) =>
        new(Samples.Signature, Digest.Of(System.Text.Encoding.UTF8.GetBytes(string.Join('|', stages.Select(stage => stage.Sql ?? stage.Model!.Label)))), stages);
}
