using System.Text.Json;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Commands;
using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Serialization;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Predictions.Tracing;
using Fairlead.Roles;
using Fairlead.Steps;
using Fairlead.Steps.Events;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Demo;

/// <summary>
/// The main job from beginning to end, through the same API that every client has. Whatever does not hold ends the story with a
/// <see cref="FairleadException"/> that says what.
/// </summary>
/// <param name="isAttended">Somebody is there to judge.</param>
internal sealed class DemoStory(DemoLibrary library, RoleOptions roles, DemoNarrator narrator, bool isAttended, TimeProvider time)
{
    private const int OutcomeBatch = 5_000;
    private readonly DemoScript script = library.Script;
    private DemoWorkspace? workspace;
    private ApiClient? api;

    public async Task TellAsync(string folder, CancellationToken cancellationToken)
    {
        ControlProcess.RequireFreePorts(roles);
        var started = time.GetTimestamp();
        await PrepareAsync(folder, cancellationToken);
        await RegisterAsync(cancellationToken);
        await RunAsync("Run the steps: split, train, evaluate", cancellationToken);
        var first = await ReleaseAsync("Cut a release", cancellationToken);
        await DeployAsync(script.Check.Environment, cancellationToken);
        var rows = await ReadRowsAsync(cancellationToken);
        await CheckAsync(rows, cancellationToken);
        await DeployAsync(script.Traffic.Environment, cancellationToken);
        var sent = await PredictAsync(rows, cancellationToken);
        await PostOutcomesAsync(rows, sent, cancellationToken);
        await TraceAsync(sent, cancellationToken);
        await AskAsync(cancellationToken);
        await ChangeAsync(rows, first, cancellationToken);
        TellNext(sent.Answers[0].Prediction!, time.GetElapsedTime(started));
    }

    public async Task StopAsync()
    {
        api?.Dispose();
        if (workspace is not null)
            await ControlProcess.StopAsync(workspace.State, time, CancellationToken.None);
    }

    private ApiClient Api => api ?? throw new InvalidOperationException("The control plane is not up yet.");

    private async Task PrepareAsync(string folder, CancellationToken cancellationToken)
    {
        narrator.Chapter("A workspace: a git repository of its own");
        workspace = await DemoWorkspace.CreateAsync(library.Folder, folder, script.Dataset, library.DataFolder, time, cancellationToken);
        narrator.Fact($"{folder}");
        var started = time.GetTimestamp();
        var endpoint = await ControlProcess.StartAsync(workspace.State, roles, time, cancellationToken);
        api = new ApiClient(new Uri(endpoint.Url), CommandContext.Token, CommandContext.User);
        narrator.Fact($"control plane {endpoint.Url}, host {endpoint.HostUrl}, {DemoNarrator.Seconds(time.GetElapsedTime(started))}");
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        narrator.Chapter("Register the data");
        narrator.Command("fairlead dataset add");
        var started = time.GetTimestamp();
        var versions = await Api.PostAsync("/api/datasets", new DatasetsBody([script.Dataset.Name], CommandContext.User), WebJson.Default.DatasetsBody, DomainJson.Default.IReadOnlyListDatasetVersion, cancellationToken);
        var elapsed = time.GetElapsedTime(started);
        var rows = DemoRows.Count(DataFile);
        foreach (var version in versions)
            narrator.Fact($"{version.Label}  {DemoNarrator.Count(rows)} rows, {Sizes.Describe(version.Artifact.Size)}, {version.Artifact.Digest}, {DemoNarrator.Seconds(elapsed)}");
    }

    private async Task RunAsync(string title, CancellationToken cancellationToken)
    {
        narrator.Chapter(title);
        narrator.Command("fairlead run");
        var printer = new StepEventPrinter(narrator.Console, verbose: false, indent: "    ");
        RunReport? report = null;
        await foreach (var line in Api.StreamAsync("/api/runs", new RunBody([], true, CommandContext.User) { WithOutput = false }, WebJson.Default.RunBody, cancellationToken))
        {
            if (line.TryGetProperty("report", out var last))
                report = last.Deserialize(StepsJson.Default.RunReport);
            else
                printer.Print(line.Deserialize(StepsJson.Default.StepEvent)!);
        }

        if (report is not { Succeeded: true })
            throw FairleadException.Failed($"The steps did not succeed: {string.Join("; ", report?.Steps.Where(s => s.Outcome is StepOutcome.Failed).Select(s => $"{s.Step}: {s.Reason}") ?? ["the control plane ended"])}");
    }

    private async Task<string> ReleaseAsync(string title, CancellationToken cancellationToken)
    {
        narrator.Chapter(title);
        narrator.Command("fairlead release");
        var answer = await Api.PostAsync("/api/releases", new ReleaseBody(false, CommandContext.User), WebJson.Default.ReleaseBody, WebJson.Default.ReleaseAnswer, cancellationToken);
        foreach (var service in answer.Release.Services)
            narrator.Fact($"{answer.Release.Name} from commit {answer.Release.Commit.Short}: {service.Name} is {service.Describe()}");
        return answer.Release.Name.ToString();
    }

    private async Task DeployAsync(string environment, CancellationToken cancellationToken)
    {
        narrator.Chapter($"Deploy it to {environment}");
        narrator.Command($"fairlead deploy {environment}");
        var started = time.GetTimestamp();
        var deployment = await Api.PostAsync($"/api/environments/{environment}/deployments", new DeployBody(null, null, null, null, CommandContext.User), WebJson.Default.DeployBody, DeliveryJson.Default.Deployment, cancellationToken);
        foreach (var group in deployment.Live)
            narrator.Fact($"{group.Name} takes {group.Weight} of the traffic, {DemoNarrator.Seconds(time.GetElapsedTime(started))}");
    }

    private async Task<IReadOnlyList<DemoRow>> ReadRowsAsync(CancellationToken cancellationToken)
    {
        using var host = new HostClient(new Uri(roles.HostUrl), CommandContext.Token, script.Check.Environment);
        var metadata = await host.DescribeAsync(script.Service, cancellationToken);
        return DemoRows.Read(script, DataFile, metadata, cancellationToken);
    }

    private async Task CheckAsync(IReadOnlyList<DemoRow> rows, CancellationToken cancellationToken)
    {
        narrator.Chapter($"Check it in {script.Check.Environment}");
        using var sender = Sender(script.Check.Environment);
        var result = await TrafficBurst.RunAsync(sender, [.. rows.Take(script.Check.Rows)], _ => { }, time, cancellationToken);
        RequireAnswered(result);
        var sql = $"select count(*) from predictions where environment = '{script.Check.Environment}' and status = 200 and ({script.Check.Expect})";
        narrator.Command($"fairlead query \"{sql}\"");
        var good = 0L;
        await foreach (var line in Api.StreamAsync("/api/query", new QueryBody(sql, null), WebJson.Default.QueryBody, cancellationToken))
            good = line.ValueKind == JsonValueKind.Array ? line[0].GetInt64() : good;
        narrator.Fact($"{good} of {result.Answers.Count} answers are as expected: {script.Check.Expect}");
        if (good != result.Answers.Count)
            throw FairleadException.Failed($"Only {good} of {result.Answers.Count} answers satisfied '{script.Check.Expect}'.");
    }

    private async Task<TrafficResult> PredictAsync(IReadOnlyList<DemoRow> rows, CancellationToken cancellationToken)
    {
        narrator.Chapter($"Ask {script.Traffic.Environment} {DemoNarrator.Count(rows.Count)} times, by the Open Inference Protocol");
        using var sender = Sender(script.Traffic.Environment);
        var result = await narrator.ProgressAsync("predictions", rows.Count, progress => TrafficBurst.RunAsync(sender, rows, progress, time, cancellationToken));
        RequireAnswered(result);
        narrator.Fact($"{DemoNarrator.Count(result.Answers.Count)} answered, 0 failed: {result.PerSecond:#,0} a second over {TrafficBurst.Senders} connections, p50 {DemoNarrator.Milliseconds(result.Latency(0.5))}, p99 {DemoNarrator.Milliseconds(result.Latency(0.99))}");
        return result;
    }

    private async Task PostOutcomesAsync(IReadOnlyList<DemoRow> rows, TrafficResult sent, CancellationToken cancellationToken)
    {
        narrator.Chapter("Post what turned out to be true");
        var outcomes = rows.Select((row, i) => new OutcomeBody(PredictionId.Parse(sent.Answers[i].Prediction!), row.Outcome, null)).ToList();
        var recorded = await narrator.ProgressAsync("outcomes", outcomes.Count, async progress =>
        {
            var total = 0;
            foreach (var batch in outcomes.Chunk(OutcomeBatch))
            {
                var answer = await Api.PostAsync("/api/outcomes", new OutcomesBody(batch), WebJson.Default.OutcomesBody, WebJson.Default.OutcomesAnswer, cancellationToken);
                total += answer.Recorded;
                progress(answer.Recorded);
            }

            return total;
        });
        narrator.Fact($"{DemoNarrator.Count(recorded)} outcomes on the disk");
    }

    private async Task TraceAsync(TrafficResult sent, CancellationToken cancellationToken)
    {
        var id = sent.Answers[^1].Prediction!;
        narrator.Chapter("Where did this answer come from?");
        narrator.Command($"fairlead trace {id}");
        var trace = await Api.GetAsync($"/api/predictions/{id}/trace", TracingJson.Default.PredictionTrace, cancellationToken);
        narrator.Console.Write(new Padder(TraceTree.Create(trace), new Padding(4, 0, 0, 0)));
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        narrator.Chapter(script.Question.Title);
        narrator.Command("fairlead query \"…\"");
        foreach (var line in script.Question.Sql.TrimEnd().Split('\n'))
            narrator.Fact($"{line}");
        await QueryPrinter.PrintTableAsync(narrator.Console, Api.StreamAsync("/api/query", new QueryBody(script.Question.Sql, null), WebJson.Default.QueryBody, cancellationToken), cancellationToken);
    }

    private async Task ChangeAsync(IReadOnlyList<DemoRow> rows, string first, CancellationToken cancellationToken)
    {
        var change = script.Change;
        var before = workspace!.ChangeParameter(change);
        using var sender = Sender(script.Traffic.Environment);
        await using var traffic = new SteadyTraffic(sender, rows, cancellationToken);
        narrator.Chapter($"Change one parameter: {change.Step}.{change.Param} from {before} to {change.Value.GetRawText()}");
        narrator.Fact($"{change.Why}");
        narrator.Command("git commit");
        var commit = await workspace.CommitAsync(change.Why, cancellationToken);
        var started = time.GetTimestamp();
        narrator.Fact($"commit {commit[..10]}; from here on requests keep flowing to {script.Traffic.Environment}");
        narrator.Chapter($"The commit goes to {script.Traffic.Environment}: verified, released, staged, replayed, judged, rolled out");
        if (await new DemoPipeline(Api, narrator, change, isAttended, time).FollowAsync(commit, cancellationToken))
        {
            narrator.Fact($"from the commit to all of the traffic in {DemoNarrator.Seconds(time.GetElapsedTime(started))}");
            await WaitForAnswersAsync(traffic, cancellationToken);
            if (traffic.ByServerGroup.Count < 2)
                throw FairleadException.Failed("The second release never answered.");
            await RollBackAsync(first, cancellationToken);
            await WaitForAnswersAsync(traffic, cancellationToken);
        }
        else
        {
            narrator.Fact($"rejected: {script.Traffic.Environment} stays as it is");
        }

        await traffic.StopAsync();
        ReportTraffic(traffic);
    }

    private async Task RollBackAsync(string first, CancellationToken cancellationToken)
    {
        narrator.Chapter($"Roll {script.Traffic.Environment} back to {first}");
        narrator.Command($"fairlead rollback {script.Traffic.Environment}");
        var started = time.GetTimestamp();
        var deployment = await Api.PostAsync($"/api/environments/{script.Traffic.Environment}/rollback", new RollbackBody(null, CommandContext.User), WebJson.Default.RollbackBody, DeliveryJson.Default.Deployment, cancellationToken);
        foreach (var group in deployment.Live)
        {
            narrator.Fact($"{group.Name} ({group.Release}) takes {group.Weight} of the traffic, {DemoNarrator.Milliseconds(time.GetElapsedTime(started))}");
            if (group.Release.ToString() != first)
                throw FairleadException.Failed($"The rollback led to '{group.Release}' instead of '{first}'.");
        }
    }

    /// <summary>Waits until the requests that flow have met the server group that is live now.</summary>
    private async Task WaitForAnswersAsync(SteadyTraffic traffic, CancellationToken cancellationToken)
    {
        const int Answers = 200;
        var goal = traffic.Answered + Answers;
        while (traffic.Answered < goal && traffic.Failed == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
    }

    private void ReportTraffic(SteadyTraffic traffic)
    {
        narrator.Fact($"meanwhile {DemoNarrator.Count(traffic.Answered)} requests were answered and {traffic.Failed} failed: {string.Join(", ", traffic.ByServerGroup.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {DemoNarrator.Count(pair.Value)}"))}");
        if (traffic.Failed > 0)
            throw FairleadException.Failed($"{traffic.Failed} requests failed during the release and the rollback; the first: {traffic.FirstError}");
    }

    private void TellNext(string prediction, TimeSpan elapsed)
    {
        narrator.Chapter($"Done in {DemoNarrator.Seconds(elapsed)}. What to try next");
        narrator.Fact($"{roles.ControlUrl}   what is live where, and any prediction with its trace");
        if (Environment.GetEnvironmentVariable("FAIRLEAD_HOME") is { Length: > 0 } home)
            narrator.Command($"export PATH=\"$PATH:{home}\"");
        narrator.Command($"cd {workspace!.State.ProjectRoot}");
        narrator.Command("fairlead status");
        narrator.Command($"fairlead trace {prediction}");
        narrator.Command("fairlead query \"select server_group, count(*), avg(latency_us) from predictions group by 1\"");
        narrator.Command("fairlead pipeline list");
        narrator.Command("edit fairlead.yaml, then: git commit --all, and watch it on the pages");
    }

    private string DataFile => Path.Combine(workspace!.State.ProjectRoot, script.Dataset.To);

    private RequestSender Sender(string environment) => new(new Uri(roles.HostUrl), CommandContext.Token, environment, script.Service, time);

    private static void RequireAnswered(TrafficResult result)
    {
        if (result.Failed > 0)
            throw FairleadException.Failed($"{result.Failed} of {result.Answers.Count} requests failed; the first: {result.FirstError}");
    }
}
