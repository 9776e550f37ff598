namespace Fairlead.Domain.Projects;

/// <summary>Where artifacts go beside this machine.</summary>
/// <param name="Registry">Host, port where it has one, and repository of an OCI registry, such as <c>registry.example.com/team/rides</c>.</param>
/// <param name="IsPlain">By http.</param>
/// <param name="Credentials">Where <c>user:password</c> is kept; null for none.</param>
/// <param name="CaFile">File of the project, or absolute, with the certificates to trust instead of the machine's; null for the machine's.</param>
/// <param name="IsCache">Runs are offered to, and taken from, whoever uses the same registry.</param>
public sealed record StoreDefinition(string Registry, bool IsPlain, string? Credentials, string? CaFile, bool IsCache);
