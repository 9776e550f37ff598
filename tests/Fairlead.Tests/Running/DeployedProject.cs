namespace Fairlead.Tests.Running;

/// <summary>The churn example, live in prod, for the tests of a class that leave it as it is.</summary>
public sealed class DeployedProject : IAsyncLifetime
{
    internal TempProject Project { get; } = TempProject.Churn();

    public async ValueTask InitializeAsync()
    {
        // What a program of the project has its settings in is nobody else's.
        Project.Write("appsettings.json", """{ "Urls": "http://127.0.0.1:1", "Kestrel": { "Endpoints": { "Own": { "Url": "http://127.0.0.1:1" } } } }""");
        await Project.UpAsync();
        await Project.DeployAsync("prod");
    }

    public ValueTask DisposeAsync() => Project.DisposeAsync();
}
