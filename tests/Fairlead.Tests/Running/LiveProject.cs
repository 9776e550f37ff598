namespace Fairlead.Tests.Running;

/// <summary>One deployed project for the classes that leave it as it is: it is started once for all of them, and they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class LiveProject : ICollectionFixture<DeployedProject>
{
    public const string Name = "Live project";
}
