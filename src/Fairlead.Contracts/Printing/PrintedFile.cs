namespace Fairlead.Contracts.Printing;

/// <summary>A .proto file that was written from descriptors.</summary>
/// <param name="Path">Relative to the root of the repository, with forward slashes.</param>
/// <param name="HasServices">True when it can be a service's contract.</param>
/// <param name="Descriptors">A serialized <c>google.protobuf.FileDescriptorSet</c>: what it was written from, with its imports.</param>
public sealed record PrintedFile(string Path, string Text, bool HasServices, byte[] Descriptors);
