namespace Fairlead.Conformance.Tests.Running;

/// <summary>Tests that share one server, one after another: some count requests.</summary>
[CollectionDefinition(ServedModels.Collection)]
public sealed class ServedModelsCollection : ICollectionFixture<ServedModels>;
