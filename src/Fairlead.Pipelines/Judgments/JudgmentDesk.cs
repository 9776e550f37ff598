using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Driving;

namespace Fairlead.Pipelines.Judgments;

/// <summary>The one place where people judge, by whatever way they come.</summary>
public sealed class JudgmentDesk(PipelineEngine engine, IExecutionCatalog executions)
{
    private const int MostOpen = 10_000;

    /// <summary>A judgment as it stands now.</summary>
    /// <exception cref="FairleadException">NotFound: no such execution or stage; Invalid: a stage that asks nobody.</exception>
    public async Task<JudgmentQuestion> FindAsync(int execution, string stage, CancellationToken cancellationToken) =>
        engine.Describe(await engine.FindAsync(execution, cancellationToken).ConfigureAwait(false), stage);

    /// <summary>All that wait for people now, the oldest first.</summary>
    public async Task<IReadOnlyList<JudgmentQuestion>> ListOpenAsync(CancellationToken cancellationToken)
    {
        var open = await executions.ListAsync(new ExecutionFilter { IsOpen = true, Limit = MostOpen }, cancellationToken).ConfigureAwait(false);
        var found = new List<JudgmentQuestion>();
        foreach (var summary in open.Where(summary => summary.Judging.Count > 0).Reverse())
        {
            var execution = await engine.FindAsync(summary.Number, cancellationToken).ConfigureAwait(false);
            found.AddRange(execution.State.Stages.Where(stage => stage.Status == StageStatus.Judging).Select(stage => engine.Describe(execution, stage.Name)));
        }

        return found;
    }

    /// <summary>Why somebody may not judge now, as a sentence, or null.</summary>
    /// <param name="by">The name that would be recorded.</param>
    /// <exception cref="FairleadException">As <see cref="FindAsync"/>.</exception>
    public async Task<string?> FindRefusalAsync(int execution, string stage, Principal caller, string by, CancellationToken cancellationToken)
    {
        var found = await engine.FindAsync(execution, cancellationToken).ConfigureAwait(false);
        var question = engine.Describe(found, stage);
        if (RoleRefusal(question, caller, by) is { } refusal)
            return refusal;
        var (roles, groups) = RightsOf(caller, question.Environment);
        // A comment is there, so that only what stands against the person is found.
        return engine.FindRefusal(found, stage, by, JudgmentVotes.Write(new JudgmentAnswer(question.Choices[0], "…"), roles, groups, caller.Emails, ""));
    }

    /// <summary>Records a judgment; done when it is on the disk.</summary>
    /// <param name="by">The name that is recorded.</param>
    /// <param name="via">By what way it comes, such as <c>cli</c> or <c>page</c>.</param>
    /// <exception cref="FairleadException">Forbidden: the caller has not the role where the judgment is about; Conflict: the stage does not accept it; otherwise as <see cref="FindAsync"/>.</exception>
    public async Task JudgeAsync(int execution, string stage, JudgmentAnswer answer, Principal caller, string by, string via, CancellationToken cancellationToken)
    {
        var question = await FindAsync(execution, stage, cancellationToken).ConfigureAwait(false);
        if (RoleRefusal(question, caller, by) is { } refusal)
            throw new FairleadException(ProblemKind.Forbidden, refusal);
        var (roles, groups) = RightsOf(caller, question.Environment);
        await engine.JudgeAsync(execution, stage, by, JudgmentVotes.Write(answer, roles, groups, caller.Emails, via), cancellationToken).ConfigureAwait(false);
    }

    private static string? RoleRefusal(JudgmentQuestion question, Principal caller, string by)
    {
        var may = question.Environment is { } environment ? caller.Has(Role.Judge, environment) : caller.HasSomewhere(Role.Judge);
        return may ? null
            : $"Judging stage '{question.Stage}' needs the role 'judge'{(question.Environment is { } where ? $" in the environment '{where}'" : "")}, which '{by}' has not; ask an admin for it: fairlead user set {by} --add-role {new RoleGrant(Role.Judge, question.Environment)}.";
    }

    /// <summary>What holds where the judgment is about; nothing is known of whoever may do everything for want of users.</summary>
    private static (IReadOnlyList<string> Roles, IReadOnlyList<string> Groups) RightsOf(Principal caller, string? environment) => caller.Kind == PrincipalKind.Open
        ? ([], [])
        : ([.. Enum.GetValues<Role>().Where(role => caller.Has(role, environment)).Select(role => role.Word())], caller.Groups);
}
