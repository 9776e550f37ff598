using Fairlead.Domain.Deployments;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.States;

/// <summary>A desired state with the lives of its server groups, which it holds until the next one takes over.</summary>
/// <param name="Groups">Those that answer or may still come to, in the state's order.</param>
/// <param name="Failures">Why the others do not.</param>
internal sealed record AppliedState(DesiredState State, IReadOnlyList<(DesiredServerGroup Desired, GroupLife Life)> Groups, IReadOnlyList<ServerGroupFailure> Failures)
{
    public static AppliedState None { get; } = new(new DesiredState { Version = 0, Project = "", Environments = [], ServerGroups = [] }, [], []);

    public void LetGo()
    {
        foreach (var (_, life) in Groups)
            life.LetGo();
    }
}
