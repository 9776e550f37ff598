using System.Text.Json;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Commands;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Demo;

/// <summary>Follows a commit through the pipeline that begins with it, and judges where people are asked.</summary>
/// <param name="isAttended">Somebody is there to judge; else the script's comment approves.</param>
internal sealed class DemoPipeline(ApiClient api, DemoNarrator narrator, DemoChange change, bool isAttended, TimeProvider time)
{
    private const string Approve = "approve";
    private const string Reject = "reject";
    private static readonly TimeSpan TriggerTime = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (StageStatus Status, int Attempt)> told = new(StringComparer.Ordinal);

    /// <summary>Waits until the commit's execution has ended.</summary>
    /// <returns>False when it was rejected by whoever was asked.</returns>
    /// <exception cref="FairleadException">Failed: nothing began, or it did not succeed.</exception>
    public async Task<bool> FollowAsync(string commit, CancellationToken cancellationToken)
    {
        var number = await FindAsync(commit, cancellationToken);
        narrator.Command($"fairlead pipeline watch {number}");
        var isRejected = false;
        Execution? last = null;
        await foreach (var line in api.StreamAsync($"/api/executions/{number}/watch", new UserBody(CommandContext.User), WebJson.Default.UserBody, cancellationToken))
        {
            last = line.Deserialize(PipelineJson.Default.Execution)!;
            foreach (var stage in last.State.Stages.Where(IsNews))
            {
                Tell(last, stage);
                if (stage.Status == StageStatus.Judging)
                    isRejected = !await JudgeAsync(number, stage, cancellationToken);
            }
        }

        return last?.State switch
        {
            { Status: ExecutionStatus.Succeeded } => true,
            { IsEnded: true } when isRejected => false,
            { IsEnded: true } state => throw FairleadException.Failed($"Execution {number} did not succeed: {state.Reason}"),
            _ => throw FairleadException.Failed($"The control plane ended before execution {number} did."),
        };
    }

    private async Task<int> FindAsync(string commit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < TriggerTime)
        {
            var executions = await api.GetAsync($"/api/executions?pipeline={change.Pipeline}", PipelineJson.Default.IReadOnlyListExecutionSummary, cancellationToken);
            if (executions.FirstOrDefault(execution => execution.Cause.Commit == commit) is { } found)
            {
                narrator.Fact($"execution {found.Number} of '{change.Pipeline}' began {DemoNarrator.Seconds(time.GetElapsedTime(started))} after the commit, by {found.Cause.Trigger ?? found.Cause.By}");
                return found.Number;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }

        throw FairleadException.Failed($"The commit '{commit}' began no execution of the pipeline '{change.Pipeline}' within {TriggerTime.TotalSeconds:0} s.");
    }

    private bool IsNews(StageState stage)
    {
        var now = (stage.Status, stage.Attempt);
        if (stage.Status == StageStatus.Waiting || (told.TryGetValue(stage.Name, out var before) && before == now))
            return false;
        told[stage.Name] = now;
        return stage.Status is not StageStatus.Running;
    }

    private void Tell(Execution execution, StageState stage)
    {
        var took = PipelineText.Duration(stage, execution.State.At);
        var check = execution.Plan.Stages.First(definition => definition.Name == stage.Name).Check is { } condition && stage.Status == StageStatus.Succeeded ? $"holds: {condition}" : null;
        narrator.Console.MarkupLineInterpolated($"    {PipelineText.Mark(stage.Status)} [bold]{stage.Name,-8}[/] {stage.Status.ToString().ToLowerInvariant(),-9} {took,6}  {stage.Error ?? check ?? stage.Note ?? ""}");
    }

    private async Task<bool> JudgeAsync(int number, StageState stage, CancellationToken cancellationToken)
    {
        var path = PipelineJudgeCommand.PathOf(number, stage.Name);
        narrator.Command($"fairlead pipeline judge {number} {stage.Name}");
        var question = await api.GetAsync(path, PipelineJson.Default.JudgmentQuestion, cancellationToken);
        // What came of the stages stands above already.
        var evidence = question.Evidence.Where(section => !section.Title.StartsWith("Stage ", StringComparison.Ordinal));
        narrator.Console.Write(new Padder(JudgmentPrinter.Draw(question with { Evidence = [.. evidence] }), new Padding(6, 0, 0, 0)));
        var choice = Approve;
        var comment = change.Comment;
        if (isAttended)
        {
            choice = await new SelectionPrompt<string>().Title($"    [bold]{Markup.Escape(question.Question)}[/]").AddChoices(Approve, Reject).ShowAsync(narrator.Console, cancellationToken);
            comment = await new TextPrompt<string>("    Why?").DefaultValue(change.Comment).ShowAsync(narrator.Console, cancellationToken);
        }

        narrator.Command($"fairlead pipeline judge {number} {stage.Name} {choice} --comment \"{comment}\"");
        var body = new JudgmentBody(choice, comment, CommandContext.User);
        await api.PostAsync(path, body, WebJson.Default.JudgmentBody, PipelineJson.Default.Execution, cancellationToken);
        return choice == Approve;
    }
}
