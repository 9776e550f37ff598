namespace Fairlead.Tests.Running;

/// <summary>The churn example, live in prod, for the tests of a class that leave it as it is.</summary>
public sealed class DeployedProject : IAsyncLifetime
{
    internal TempProject Project { get; } = TempProject.Churn();

    public async ValueTask InitializeAsync()
    {
        await Project.UpAsync();
        await Project.DeployAsync("prod");
    }

    public ValueTask DisposeAsync() => Project.DisposeAsync();
}
