using System.Diagnostics;
using System.Net.Http.Headers;
using Fairlead.Bench.Peer;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>
/// A thousand environments on one host, each with a model of its own, and room in memory for one model only: what each takes while it
/// sleeps, and how long its first prediction takes when the model must be brought from the disk.
/// </summary>
internal sealed class EnvironmentsScenario : IScenario
{
    private const int Count = 1000;
    private const int Unmeasured = 50;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public string Name => "environments";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var model = await ServedModel.OpenAsync(context.Workspace, cancellationToken);
        var none = await MeasureAsync(context, model, 1, cancellationToken);
        var many = await MeasureAsync(context, model, Count, cancellationToken);
        var wakes = many.Milliseconds[Unmeasured..];
        double Each(double all, double one) => (all - one) / (Count - 1);
        context.Progress($"  {Count} environments: private memory {many.Asleep:F0} KB asleep, {many.AsleepAgain:F0} KB asleep again; of one {none.Asleep:F0} KB and {none.AsleepAgain:F0} KB");
        return
        [
            Of($"private memory of each of {Count:#,0} environments asleep", "KB", Each(many.Asleep, none.Asleep), 50),
            Of("the same, asleep again after a prediction by each", "KB", Each(many.AsleepAgain, none.AsleepAgain), 50),
            Of($"first prediction of an environment asleep, median of {wakes.Count}", "ms", Median.Of(wakes), 50),
            Of("the longest of them", "ms", wakes.Max(), 50),
        ];
    }

    private static async Task<(double Asleep, double AsleepAgain, List<double> Milliseconds)> MeasureAsync(
        BenchContext context, ServedModel model, int count, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(context.Folder, $"environments-{count}");
        await ManyEnvironments.CreateAsync(folder, model, count, cancellationToken);
        await using var host = await PeerProcess.StartAsync([PeerRole.Host, folder], folder, cancellationToken);
        await Task.Delay(Rest, context.Time, cancellationToken);
        var asleep = PrivateMemory.Of(host.Id);
        var milliseconds = new List<double>();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        // Also the one alone is asked as often: what a host takes for answering at all is no environment's.
        for (var number = 0; number < Count; number++)
            milliseconds.Add(await PredictAsync(http, host.Url, ManyEnvironments.NameOf((number % count) + 1), model, cancellationToken));
        await Task.Delay(Rest, context.Time, cancellationToken);
        return (asleep, PrivateMemory.Of(host.Id), milliseconds);
    }

    private static async Task<double> PredictAsync(HttpClient http, Uri host, string environment, ServedModel model, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(model.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync(new Uri(host, $"/environments/{environment}/v2/models/{model.Group.Service.Name}/infer"), content, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new BenchException($"The host answered {(int)answer.StatusCode} for environment '{environment}': {body}");
    }

    private Measure Of(string what, string unit, double value, double most) => new() { Scenario = Name, What = what, Unit = unit, Value = value, Target = Target.AtMost(most) };
}
