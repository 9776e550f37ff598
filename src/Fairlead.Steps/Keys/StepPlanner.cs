using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <summary>Turns a step into what can be looked up and executed, once the runs that it needs are known.</summary>
/// <param name="datasets">By name; those that the steps read.</param>
internal sealed class StepPlanner(StepSources sources, IReadOnlyDictionary<string, DatasetInput> datasets, string? sqlEngine)
{
    public StepSources Sources => sources;

    /// <param name="runOf">The run of a step that this one needs.</param>
    public PlannedStep Plan(StepDefinition step, Func<string, Run> runOf)
    {
        var inputs = step.Inputs.Select(input => Resolve(step, input, runOf)).ToArray();
        return new PlannedStep(step, KeyParts.Compute(step, sources, inputs, sqlEngine), inputs);
    }

    private RunInput Resolve(StepDefinition step, StepInput input, Func<string, Run> runOf)
    {
        if (input.Dataset is { } dataset)
            return new RunInput(input.Name, input.Source, datasets[dataset].Artifact, datasets[dataset].Number, Run: null);
        var run = runOf(input.Step!);
        var output = run.Outputs.FirstOrDefault(output => output.Name.TrimEnd('/') == input.Output!.TrimEnd('/'))
            ?? throw FairleadException.Invalid($"Step '{step.Name}' reads '{input.Source}', which '{run.Id}' did not make; name one of its outputs.");
        return new RunInput(input.Name, input.Source, output.Artifact, DatasetNumber: null, run.Id);
    }
}
