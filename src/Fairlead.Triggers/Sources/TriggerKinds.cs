using System.Collections.Frozen;
using Fairlead.Triggers.Definitions;

namespace Fairlead.Triggers.Sources;

/// <summary>The kinds of triggers by name.</summary>
internal sealed class TriggerKinds(IEnumerable<ITriggerKind> kinds)
{
    private readonly FrozenDictionary<string, ITriggerKind> byName = kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    public ITriggerSource Create(TriggerContext trigger) => byName.TryGetValue(trigger.Definition.Kind, out var kind)
        ? kind.Create(trigger)
        : throw new InvalidOperationException($"No kind of trigger '{trigger.Definition.Kind}': it was to be checked.");
}
