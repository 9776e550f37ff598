using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <summary>Turns a step into what can be looked up and executed, once the runs that it needs are known.</summary>
/// <param name="datasets">By name; those that the steps read.</param>
/// <param name="memory">Keys of earlier invocations; null for none.</param>
internal sealed class StepPlanner(StepSources sources, IReadOnlyDictionary<string, DatasetInput> datasets, string? sqlEngine, KeyMemory? memory = null)
{
    private readonly Lazy<string> fingerprint = new(() => sources.Describe(sqlEngine));

    public StepSources Sources => sources;

    /// <param name="runOf">The run of a step that this one needs; null for one of many that are read together and that was left out.</param>
    public PlannedStep Plan(StepDefinition step, Func<string, RunBrief?> runOf)
    {
        var inputs = InputsOf(step, runOf);
        return new PlannedStep(step, KeyParts.Compute(step, sources, inputs, sqlEngine), inputs);
    }

    /// <summary>The key alone, which is remembered.</summary>
    /// <param name="runOf">As for <see cref="Plan"/>.</param>
    public Digest KeyOf(StepDefinition step, Func<string, RunBrief?> runOf)
    {
        var inputs = InputsOf(step, runOf);
        if (memory?.Find(step, fingerprint.Value, inputs) is { } known)
            return known;
        var key = KeyParts.Compute(step, sources, inputs, sqlEngine).Digest;
        memory?.Remember(step, fingerprint.Value, inputs, key);
        return key;
    }

    private List<RunInput> InputsOf(StepDefinition step, Func<string, RunBrief?> runOf)
    {
        var inputs = new List<RunInput>(step.Inputs.Count);
        foreach (var input in step.Inputs)
        {
            if (input.Dataset is { } dataset)
                inputs.Add(new RunInput(input.Name, input.Source, datasets[dataset].Artifact, datasets[dataset].Number, Run: null));
            else if (input.FanIn.Count == 0)
                inputs.Add(Resolve(step, input, input.Name, input.Source, runOf(input.Step!)!));
            else
                AddAll(inputs, step, input, runOf);
        }

        return inputs;
    }

    /// <summary>The parts of a step's key that do not depend on what it reads.</summary>
    public IReadOnlyList<KeyPart> PartsOf(StepDefinition step) => KeyParts.Compute(step, sources, [], sqlEngine).Parts;

    private static void AddAll(List<RunInput> inputs, StepDefinition step, StepInput input, Func<string, RunBrief?> runOf)
    {
        foreach (var variant in input.FanIn)
        {
            if (runOf(variant.Step) is { } run)
                inputs.Add(Resolve(step, input, $"{input.Name}/{variant.Variant}", $"{variant.Step}/{input.Output}", run));
        }
    }

    private static RunInput Resolve(StepDefinition step, StepInput input, string name, string source, RunBrief run)
    {
        var output = run.Outputs.FirstOrDefault(output => output.Name.TrimEnd('/') == input.Output!.TrimEnd('/'))
            ?? throw FairleadException.Invalid($"Step '{step.Name}' reads '{source}', which '{run.Id}' did not make; name one of its outputs.");
        return new RunInput(name, source, output.Artifact, DatasetNumber: null, run.Id);
    }
}
