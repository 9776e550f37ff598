using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;

namespace Fairlead.Web.Security;

/// <summary>Lets people do by other ways what they may do by the API, held to the same lines of the <see cref="AccessTable"/> and entered into the audit log in the same way.</summary>
internal sealed class ActionGate(IAuditLog audit)
{
    /// <param name="line">How the line of the same call begins.</param>
    /// <param name="environment">The one that it is about; null for none.</param>
    /// <param name="target">For the audit log: the path of the same call.</param>
    /// <exception cref="FairleadException">Forbidden; otherwise whatever the action throws.</exception>
    public async Task<T> RunAsync<T>(Principal principal, string via, string line, string? environment, string target, Func<Task<T>> action)
    {
        var rule = AccessTable.Find(line) ?? throw new InvalidOperationException($"There is no line '{line}'.");
        var scope = new ActingScope(principal, via);
        var before = Acting.Current;
        Acting.Begin(scope);
        try
        {
            if (!rule.Allows(principal, environment is not null && IdentityNames.IsName(environment) ? environment : null))
            {
                if (rule.Action is { } refused)
                    await audit.AppendAsync(Acting.Draft(refused, target) with { Phase = AuditPhase.Refused }, CancellationToken.None);
                throw FairleadException.Forbidden(rule.RefusalOf(principal, environment));
            }

            return rule.Action is { } recorded ? await RunRecordedAsync(scope, recorded, target, action) : await action();
        }
        finally
        {
            Acting.Begin(before);
        }
    }

    private async Task<T> RunRecordedAsync<T>(ActingScope scope, string recorded, string target, Func<Task<T>> action)
    {
        // When this cannot be written, nothing is done.
        scope.Cause = (await audit.AppendAsync(Acting.Draft(recorded, target) with { Phase = AuditPhase.Began }, CancellationToken.None)).Number;
        try
        {
            var result = await action();
            await audit.AppendAsync(Acting.Draft(recorded, target) with { Phase = AuditPhase.Done }, CancellationToken.None);
            return result;
        }
        catch (Exception e)
        {
            await audit.AppendAsync(Acting.Draft(recorded, target, AccessGate.ProblemOf(e)) with { Phase = AuditPhase.Failed }, CancellationToken.None);
            throw;
        }
    }
}
