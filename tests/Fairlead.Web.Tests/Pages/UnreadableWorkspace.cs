using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Web.Tests.Pages;

/// <summary>A project file that somebody is in the middle of editing.</summary>
internal sealed class UnreadableWorkspace(string root) : IWorkspace
{
    public const string Problem = "fairlead.yaml:3:1: unknown key 'servces' (did you mean 'services'?).";

    public string Root => root;

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) => throw FairleadException.Invalid(Problem);
}
