using Fairlead.Domain.Contracts;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Releases;

/// <summary>How the contract of one service stands to the one that was released last.</summary>
/// <param name="Path">Of the .proto file.</param>
/// <param name="Released">The release that it was compared with; null when there is none yet.</param>
/// <param name="Changes">Those that break clients; empty when none does.</param>
public sealed record ContractReport(string Service, string Path, ReleaseName? Released, IReadOnlyList<ContractChange> Changes);
