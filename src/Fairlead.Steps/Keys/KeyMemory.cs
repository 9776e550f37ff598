using System.Runtime.CompilerServices;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <summary>The keys of steps that are still in use, so that a graph in which nothing changed is not hashed again. Safe for use by many at once.</summary>
internal sealed class KeyMemory
{
    private readonly ConditionalWeakTable<StepDefinition, Entry> known = [];

    /// <param name="sources">What all steps of the invocation take from the work tree and the machine, as one text.</param>
    public Digest? Find(StepDefinition step, string sources, IReadOnlyList<RunInput> inputs) =>
        known.TryGetValue(step, out var entry) && entry.Sources == sources && entry.Inputs.SequenceEqual(inputs) ? entry.Key : null;

    public void Remember(StepDefinition step, string sources, IReadOnlyList<RunInput> inputs, Digest key) =>
        known.AddOrUpdate(step, new Entry(sources, inputs, key));

    private sealed record Entry(string Sources, IReadOnlyList<RunInput> Inputs, Digest Key);
}
