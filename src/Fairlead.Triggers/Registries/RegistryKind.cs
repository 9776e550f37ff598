using Fairlead.Domain.Artifacts;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Registries;

/// <param name="tags">What tags stand for.</param>
/// <param name="secrets">Gives the value of a reference.</param>
internal sealed class RegistryKind(IImageTags tags, Func<string, string> secrets, TimeProvider time) : ITriggerKind
{
    public string Name => "registry";

    public ITriggerSource Create(TriggerContext trigger) => new RegistrySource(trigger, tags, secrets, time);
}
