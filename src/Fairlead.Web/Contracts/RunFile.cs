namespace Fairlead.Web.Contracts;

/// <summary>A file that a run made.</summary>
/// <param name="Output">As the project file names it; a folder's ends with a slash.</param>
/// <param name="Path">Below the outputs, with '/'.</param>
/// <param name="Digest">Of its bytes.</param>
/// <param name="IsThere">False when the store does not hold it any more.</param>
public sealed record RunFile(string Output, string Path, long Size, bool Executable, string Digest, bool IsThere);
