namespace Fairlead.Demo;

/// <param name="From">File name among the restored data files.</param>
/// <param name="To">Path in the workspace.</param>
internal sealed record DemoDataset(string Name, string From, string To);
