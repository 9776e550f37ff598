using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Tests.Transitions;

/// <summary>Plans of every shape that the settings allow, from a seed.</summary>
internal static class RandomPlan
{
    private static readonly (string Kind, string Settings)[] Kinds =
    [
        ("script", """{"run":"true"}"""),
        ("script", """{"run":"true","clean-up":"undo"}"""),
        ("wait", """{"for":"30s"}"""),
        ("wait", """{"for":"0s"}"""),
        ("judgment", """{"question":"Good?"}"""),
        ("judgment", """{"question":"Good?","votes":2,"deadline":"2m","escalate-after":"1m","escalate-to":["eve"]}"""),
        ("webhook", """{"url":"http://localhost/x"}"""),
        ("webhook", """{"url":"http://localhost/x","callback":true,"callback-within":"1m"}"""),
        ("deploy", """{"environment":"prod"}"""),
        ("rollback", """{"environment":"prod"}"""),
        ("pipeline", """{"pipeline":"other"}"""),
        ("notify", """{"message":"${{ stages.s0.status }}"}"""),
        ("steps", "{}"),
    ];

    public static ExecutionPlan Create(Random random)
    {
        var stages = new List<StageDefinition>();
        for (var i = 0; i < random.Next(1, 7); i++)
        {
            var (kind, settings) = Kinds[random.Next(Kinds.Length)];
            stages.Add(Sample.Stage($"s{i}", kind, settings) with
            {
                After = [.. stages.Where(_ => random.Next(3) == 0).Select(stage => stage.Name)],
                When = random.Next(5) == 0 ? "true" : null,
                Check = random.Next(5) == 0 ? "true" : null,
                Retries = random.Next(3) == 0 ? random.Next(1, 3) : 0,
                Timeout = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(1, 120)) : null,
                OnFailure = (StageFailurePolicy)random.Next(3),
            });
        }

        return Sample.Plan([.. stages.OrderBy(_ => random.Next())]);
    }
}
