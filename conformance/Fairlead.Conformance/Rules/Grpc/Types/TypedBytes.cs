using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedBytes() : TypedRule("grpc/types/typed-bytes", TypeSample.Texts, new InferTensorContents { BytesContents = { ByteString.Empty, ByteString.CopyFromUtf8("a"), ByteString.CopyFromUtf8("\u00fc\u20ac\ud83d\ude00"), ByteString.CopyFromUtf8("q\"\\\n") } });
