using Fairlead.Triggers.Definitions;

namespace Fairlead.Triggers.Sources;

/// <summary>A kind of trigger.</summary>
internal interface ITriggerKind
{
    /// <summary>Its key in the project file.</summary>
    string Name { get; }

    ITriggerSource Create(TriggerContext trigger);
}
