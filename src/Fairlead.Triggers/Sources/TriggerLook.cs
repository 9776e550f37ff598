using Fairlead.Domain.Pipelines.Triggers;

namespace Fairlead.Triggers.Sources;

/// <summary>What a look gave.</summary>
/// <param name="Cursor">How far it has seen now.</param>
/// <param name="Orders">What is new, in order.</param>
internal sealed record TriggerLook(string Cursor, IReadOnlyList<FiringOrder> Orders);
