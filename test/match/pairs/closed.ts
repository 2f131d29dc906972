/** Pairs of models that no Hub lists: their names are all that there is. `=` same, `!` different, `~` variants. */

export const CLOSED = `
anthropic claude-opus-4-8 = openrouter anthropic/claude-opus-4.8
anthropic claude-opus-4-8 = zenmux anthropic/claude-opus-4.8
anthropic claude-opus-4-8 = perplexity anthropic/claude-opus-4-8
anthropic claude-opus-4-8 = github-copilot claude-opus-4.8
anthropic claude-opus-4-8 = kilo stealth/claude-opus-4.8 name="Stealth: Claude Opus 4.8 (20% off)"
anthropic claude-opus-4-6 = bedrock anthropic.claude-opus-4-6-v1
anthropic claude-opus-4-6 = bedrock global.anthropic.claude-opus-4-6-v1:0
anthropic claude-opus-4-7 = bedrock anthropic.claude-opus-4-7
anthropic claude-haiku-4-5-20251001 = bedrock anthropic.claude-haiku-4-5-20251001-v1:0
anthropic claude-opus-4-5-20251101 = bedrock regional.anthropic.claude-opus-4-5-20251101-v1:0
bedrock anthropic.claude-3-haiku-20240307-v1:0 = bedrock anthropic.claude-3-haiku-20240307-v1:0:200k
openrouter anthropic/claude-opus-4 = deepinfra anthropic/claude-4-opus
openrouter anthropic/claude-sonnet-4 = vercel anthropic/claude-4-sonnet
vercel anthropic/claude-3.5-sonnet = google claude-3-5-sonnet
openai gpt-4o = openrouter openai/gpt-4o
openai gpt-4o = azure gpt-4o
openai gpt-4o-2024-05-13 = openrouter openai/gpt-4o-2024-05-13
openai gpt-4.1-mini = github openai/gpt-4.1-mini name="OpenAI GPT-4.1-mini"
openai o3 = requesty openai/o3:flex variant=flex via=openai/o3:flex
openai o3-2025-04-16 = azure o3-2025-04-16
openai gpt-5.4 = bedrock openai.gpt-5.4
openai text-embedding-3-small = azure text-embedding-3-small
openai whisper-1 = openrouter openai/whisper-1
openai sora-2-pro = together openai/sora-2-pro
openrouter openai/gpt-5.6-sol = openrouter openai/gpt-5.6-sol:batch variant=batch
google models/gemini-2.5-pro = openrouter google/gemini-2.5-pro
google models/gemini-2.5-pro = requesty google/gemini-2.5-pro via=google/gemini-2.5-pro
google gemini-2.5-flash = deepinfra google/gemini-2.5-flash
google models/gemini-3.1-pro-preview = zenmux google/gemini-3.1-pro-preview
google gemini-flash-1.5-8b = deepinfra google/gemini-1.5-flash-8b
google gemma-4-26b-a4b-it-maas = huggingface google/gemma-4-26B-A4B-it
google models/gemini-3-pro-image = together google/gemini-3-pro-image
xai grok-4.5 = openrouter x-ai/grok-4.5
xai grok-4.5 = perplexity xai/grok-4.5
xai grok-4.5 = github-copilot grok-4.5
xai grok-4.3 = zenmux x-ai/grok-4.3
xai grok-build-0.1 = openrouter x-ai/grok-build-0.1
cohere command-r-08-2024 = openrouter cohere/command-r-08-2024
cohere command-r-08-2024 = github cohere/cohere-command-r-08-2024
cohere rerank-v3.5 = bedrock cohere.rerank-v3-5:0
cohere embed-v4.0 = bedrock cohere.embed-v4:0
openrouter amazon/nova-lite-v1 = bedrock amazon.nova-lite-v1:0
openrouter amazon/nova-lite-v1 = bedrock amazon.nova-lite-v1:0:300k
openrouter amazon/nova-2-lite-v1 = bedrock amazon.nova-2-lite-v1:0
openrouter writer/palmyra-x5 = bedrock writer.palmyra-x5-v1:0
openrouter ai21/jamba-large-1.7 hf=ai21labs/AI21-Jamba-Large-1.7 = kilo ai21/jamba-large-1.7
github ai21-labs/ai21-jamba-1.5-large = bedrock ai21.jamba-1-5-large-v1:0
openrouter perplexity/sonar-pro = vercel perplexity/sonar-pro
openrouter perplexity/sonar = perplexity perplexity/sonar
mistral mistral-large-pixtral-2411 canonical=mistralai/pixtral-large-2411 = mistral pixtral-large-2411 canonical=mistralai/pixtral-large-2411
mistral open-mistral-nemo-2407 canonical=mistralai/open-mistral-nemo = mistral open-mistral-nemo canonical=mistralai/open-mistral-nemo
mistral mistral-small-2503 canonical=mistralai/mistral-small-2503 = github mistral-ai/mistral-small-2503
openrouter kwaipilot/kat-coder-pro-v2.5 = zenmux kuaishou/kat-coder-pro-v2.5
openrouter bytedance-seed/seedream-4.5 = deepinfra ByteDance/Seedream-4.5
voyageai voyage-4-lite = openrouter voyageai/voyage-4-lite
moonshotai kimi-k2.7-code-highspeed = zenmux moonshotai/kimi-k2.7-code-highspeed

anthropic claude-opus-4-8 ! anthropic claude-opus-4-7
anthropic claude-opus-4-8 ! anthropic claude-sonnet-5
anthropic claude-opus-5 ! anthropic claude-opus-5-5
anthropic claude-fable-5 ! anthropic claude-fable-5-1
openrouter anthropic/claude-sonnet-4 ! openrouter anthropic/claude-sonnet-4.5
bedrock anthropic.claude-3-haiku-20240307-v1:0 ! bedrock anthropic.claude-3-sonnet-20240229-v1:0
bedrock anthropic.claude-3-5-haiku-20241022-v1:0 ! bedrock anthropic.claude-3-haiku-20240307-v1:0
openai gpt-4o ! openai gpt-4o-mini
openai gpt-4o ! openai gpt-4
openai gpt-4o ! openai o4-mini
openai gpt-4.1 ! openai gpt-4.1-mini
openai gpt-4.1-mini ! openai gpt-4.1-nano
openai gpt-5 ! openai gpt-5-pro
openai gpt-5 ! openai gpt-5.1
openai gpt-5 ! openai gpt-5-codex
openai gpt-5.1-codex ! openai gpt-5.1-codex-max
openai gpt-5.1-codex-max ! openai gpt-5.1-codex-mini
openai gpt-5.6-luna ! openai gpt-5.6-sol
openai gpt-5.6-sol ! openrouter openai/gpt-5.6-sol-pro
openai o1 ! openai o3
openai o3 ! openai o3-mini
openai o3-mini ! openrouter openai/o3-mini-high
openai o3 ! openai o3-deep-research
openai gpt-4o-transcribe ! openai gpt-4o
openai gpt-4o-mini-tts ! openai gpt-4o-mini-transcribe
openai gpt-4o-mini-tts ! openai gpt-4o-mini
openai text-embedding-3-large ! openai text-embedding-3-small
openai text-embedding-3-large ! openai text-embedding-ada-002
openai tts-1 ! openai tts-1-hd
openai sora-2 ! openai sora-2-pro
openai gpt-image-1 ! openai gpt-image-1-mini
openai gpt-audio ! openai gpt-audio-mini
openai gpt-3.5-turbo ! openai gpt-4-turbo
google models/gemini-2.5-pro ! google models/gemini-2.5-flash
google models/gemini-2.5-flash ! google models/gemini-2.5-flash-lite
google models/gemini-2.5-flash ! google models/gemini-2.5-flash-image
google models/gemini-2.5-flash ! google models/gemini-2.5-flash-preview-tts
google models/gemini-2.0-flash ! google models/gemini-2.5-flash
google models/gemini-3.1-flash-live-preview ! google models/gemini-3.1-flash-tts-preview
google models/gemini-3.1-pro-preview ! google models/gemini-3.1-pro-preview-customtools
google models/imagen-4.0-fast-generate-001 ! google models/imagen-4.0-generate-001
google models/veo-3.1-generate-preview ! google models/veo-3.1-lite-generate-preview
xai grok-4.20-0309-reasoning ! xai grok-4.20-0309-non-reasoning
xai grok-4.20-multi-agent-0309 ! xai grok-4.20-0309-reasoning
xai grok-4.3 ! xai grok-4.5
xai grok-imagine-image ! xai grok-imagine-video
xai grok-3 ! xai grok-3-mini
openrouter x-ai/grok-4.20 ! zenmux x-ai/grok-4.2-fast
cohere command-r-08-2024 ! cohere command-r-plus-08-2024
cohere command-r-08-2024 ! cohere command-r7b-12-2024
openrouter cohere/rerank-4-fast ! openrouter cohere/rerank-4-pro
openrouter amazon/nova-lite-v1 ! openrouter amazon/nova-2-lite-v1
openrouter amazon/nova-lite-v1 ! openrouter amazon/nova-pro-v1
bedrock amazon.nova-reel-v1:0 ! bedrock amazon.nova-reel-v1:1
bedrock amazon.titan-embed-text-v1 ! bedrock amazon.titan-embed-text-v2:0
openrouter deepgram/nova-3 ! openrouter amazon/nova-pro-v1
openrouter perplexity/sonar ! openrouter perplexity/sonar-pro
openrouter perplexity/sonar-pro ! openrouter perplexity/sonar-pro-search
mistral mistral-small-2503 ! mistral mistral-medium-2505
mistral ministral-3b-2410 ! mistral ministral-8b-2410
mistral mistral-large-2411 canonical=mistralai/mistral-large-2411 ! mistral pixtral-large-2411 canonical=mistralai/pixtral-large-2411
openrouter minimax/speech-2.8-hd ! openrouter minimax/speech-2.8-turbo
voyageai voyage-4 ! voyageai voyage-4-large
openrouter recraft/recraft-v4-pro ! openrouter recraft/recraft-v4-pro-vector
zenmux z-ai/glm-4.7-flashx ! zenmux z-ai/glm-4.7-flash-free

anthropic claude-opus-5 ~ openrouter anthropic/claude-opus-5-fast
anthropic claude-opus-4-8 ~ kilo anthropic/claude-opus-4.8-fast
openrouter anthropic/claude-haiku-4.5 ~ anthropic claude-haiku-4-5-20251001
openrouter anthropic/claude-opus-4.5 ~ anthropic claude-opus-4-5-20251101
openai gpt-4o ~ openai gpt-4o-2024-05-13
openai gpt-4o-2024-05-13 ~ openai gpt-4o-2024-11-20
openai gpt-5 ~ openai gpt-5-2025-08-07
openai o3 ~ openai o3-2025-04-16
openai gpt-4o-mini-tts ~ openai gpt-4o-mini-tts-2025-12-15
openai gpt-4o-mini-transcribe-2025-03-20 ~ openai gpt-4o-mini-transcribe-2025-12-15
openrouter openai/gpt-4o-mini-transcribe ~ openai gpt-4o-mini-transcribe-2025-12-15
openai gpt-3.5-turbo ~ openai gpt-3.5-turbo-1106
openai gpt-3.5-turbo ~ openai gpt-3.5-turbo-16k
openai gpt-4-turbo ~ openrouter openai/gpt-4-turbo-preview
google models/gemini-2.0-flash ~ google models/gemini-2.0-flash-001
google models/gemini-3-pro-image ~ google models/gemini-3-pro-image-preview
google models/gemini-3.1-flash-lite ~ google models/gemini-3.1-flash-lite-preview
google models/gemini-embedding-2 ~ google models/gemini-embedding-2-preview
google models/gemini-2.5-pro ~ openrouter google/gemini-2.5-pro-preview-05-06
openrouter qwen/qwen-plus ~ openrouter qwen/qwen-plus-2025-07-28
openrouter qwen/qwen-plus-2025-07-28 ~ openrouter qwen/qwen-plus-2025-07-28:thinking
zenmux qwen/qwen3.5-plus ~ openrouter qwen/qwen3.5-plus-02-15
openrouter qwen/qwen3.5-plus-02-15 ~ openrouter qwen/qwen3.5-plus-20260420
moonshotai kimi-k2.7-code ~ moonshotai kimi-k2.7-code-highspeed
minimax MiniMax-M2.7 ~ minimax MiniMax-M2.7-highspeed
mistral mistral-medium canonical=mistralai/mistral-medium-2505 ~ mistral mistral-medium-2505 canonical=mistralai/mistral-medium-2505
mistral mistral-small-2501 ~ mistral mistral-small-2503
`;
