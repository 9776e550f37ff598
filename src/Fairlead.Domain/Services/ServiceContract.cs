using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Services;

/// <summary>What a command service promises its clients.</summary>
/// <param name="Path">Of the .proto file in the repository, such as <c>protos/briefing.proto</c>.</param>
/// <param name="Descriptors">A serialized <c>google.protobuf.FileDescriptorSet</c> with everything that the file imports.</param>
public sealed record ServiceContract(string Path, ArtifactRef Descriptors);
