using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Registries;

/// <param name="secrets">Gives the value of a reference.</param>
internal sealed class RegistryKind(RegistryClient client, Func<string, string> secrets, TimeProvider time) : ITriggerKind
{
    public string Name => "registry";

    public ITriggerSource Create(TriggerContext trigger) => new RegistrySource(trigger, client, secrets, time);
}
