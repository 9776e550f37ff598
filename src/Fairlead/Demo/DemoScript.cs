namespace Fairlead.Demo;

/// <summary>What the demo does with an example project: everything that is particular to it stands in the example's own file.</summary>
/// <param name="Dataset">The real data that the build restored, and where the project expects it.</param>
/// <param name="Service">The service that is asked.</param>
internal sealed record DemoScript(DemoDataset Dataset, string Service, DemoCheck Check, DemoTraffic Traffic, DemoQuestion Question, DemoChange Change);
