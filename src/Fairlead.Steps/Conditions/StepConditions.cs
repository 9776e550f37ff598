using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Conditions;

/// <summary>
/// Decides by its <c>when</c> whether a step is wanted. A condition sees <c>params</c> and, when it names them, <c>metrics</c> by the step that made them;
/// one that needs parameters alone is decided before anything is executed.
/// </summary>
/// <param name="evaluator">Null: there are no conditions.</param>
internal sealed class StepConditions(IExpressionEvaluator? evaluator)
{
    private const string Metrics = "metrics";

    /// <summary>Answers that are remembered: the same condition over the same data is asked at each invocation.</summary>
    private const int MostRemembered = 200_000;

    private readonly ConcurrentDictionary<(string Expression, string Data), bool> known = new();

    /// <summary>Whether the condition cannot be decided before the steps that this one needs have ended.</summary>
    public static bool NeedsMetrics(StepDefinition step) => step.When?.Contains(Metrics, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Decides all conditions that need parameters alone.</summary>
    /// <returns>For each step whether it is wanted; true for those that are decided later.</returns>
    /// <exception cref="FairleadException">Invalid: a condition cannot be evaluated.</exception>
    public async Task<bool[]> DecideAsync(IReadOnlyList<StepDefinition> steps, CancellationToken cancellationToken)
    {
        var wanted = new bool[steps.Count];
        Array.Fill(wanted, true);
        var conditional = Enumerable.Range(0, steps.Count).Where(index => steps[index].When is not null && !NeedsMetrics(steps[index]));
        foreach (var group in conditional.GroupBy(index => steps[index].When!, StringComparer.Ordinal))
        {
            var data = group.Select(index => (Index: index, Data: Describe(steps[index], null))).ToList();
            var open = data.Where(pair => !known.ContainsKey((group.Key, pair.Data))).DistinctBy(pair => pair.Data).ToList();
            await EvaluateAsync(steps[group.First()], group.Key, [.. open.Select(pair => pair.Data)], cancellationToken);
            foreach (var (index, text) in data)
                wanted[index] = known[(group.Key, text)];
        }

        return wanted;
    }

    /// <summary>Decides a condition over metrics.</summary>
    /// <param name="runOf">The run of a step that is needed.</param>
    /// <exception cref="FairleadException">Invalid: the condition cannot be evaluated.</exception>
    public async Task<bool> DecideAsync(StepDefinition step, Func<string, RunBrief?> runOf, CancellationToken cancellationToken)
    {
        var data = Describe(step, runOf);
        if (!known.TryGetValue((step.When!, data), out var wanted))
        {
            await EvaluateAsync(step, step.When!, [data], cancellationToken);
            wanted = known[(step.When!, data)];
        }

        return wanted;
    }

    private async Task EvaluateAsync(StepDefinition step, string expression, IReadOnlyList<string> data, CancellationToken cancellationToken)
    {
        if (data.Count == 0)
            return;
        if (evaluator is null)
            throw FairleadException.Invalid($"Step '{step.Family}' has a condition, and nothing here can evaluate one; remove `when`.");
        if (known.Count > MostRemembered)
            known.Clear();
        try
        {
            using var document = JsonDocument.Parse($"[{string.Join(',', data)}]");
            var answers = await evaluator.EvaluateManyAsync(expression, [.. document.RootElement.EnumerateArray()], cancellationToken);
            for (var index = 0; index < data.Count; index++)
                known[(expression, data[index])] = answers[index];
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Invalid)
        {
            throw new FairleadException(e.Kind, $"`when` of step '{step.Family}': {e.Message}", e);
        }
    }

    private static string Describe(StepDefinition step, Func<string, RunBrief?>? runOf)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("params");
            foreach (var (name, value) in step.Parameters)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
            if (runOf is not null)
                WriteMetrics(writer, step, runOf);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMetrics(Utf8JsonWriter writer, StepDefinition step, Func<string, RunBrief?> runOf)
    {
        writer.WriteStartObject(Metrics);
        foreach (var input in step.Inputs.Where(input => input.Step is not null && input.FanIn.Count == 0).DistinctBy(input => input.Family))
        {
            writer.WriteStartObject(input.Family!);
            foreach (var (name, value) in runOf(input.Step!)?.Metrics ?? new Dictionary<string, double>())
                writer.WriteNumber(name, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
