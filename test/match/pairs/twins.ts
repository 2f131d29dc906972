/** Near-twins with open weights: a size, a date, a word or a quantisation apart. `!` different, `~` variants. */

export const TWINS = `
huggingface meta-llama/Llama-3.1-8B-Instruct ! huggingface meta-llama/Llama-3.1-70B-Instruct
huggingface meta-llama/Llama-3.1-8B-Instruct ! huggingface meta-llama/Meta-Llama-3-8B-Instruct
huggingface meta-llama/Llama-3.1-70B-Instruct ! huggingface meta-llama/Llama-3.3-70B-Instruct
huggingface meta-llama/Llama-3.1-70B-Instruct ! deepinfra nvidia/Llama-3.1-Nemotron-70B-Instruct
huggingface meta-llama/Llama-3.2-1B-Instruct ! huggingface meta-llama/Llama-3.2-3B-Instruct
huggingface meta-llama/Llama-3.2-11B-Vision-Instruct ! nvidia meta/llama-3.2-90b-vision-instruct
huggingface meta-llama/Llama-3.1-8B-Instruct ! featherless unsloth/Llama-3.1-8B-Instruct
huggingface meta-llama/Llama-3.3-70B-Instruct ! sambanova Llama-3.3-Swallow-70B-Instruct-v0.4
nebius meta-llama/Llama-Guard-3-8B ! deepinfra meta-llama/Llama-Guard-4-12B
nebius meta-llama/Llama-Guard-3-8B ! huggingface meta-llama/Llama-3.1-8B-Instruct
openrouter meta-llama/llama-4-scout hf=meta-llama/Llama-4-Scout-17B-16E-Instruct ! openrouter meta-llama/llama-4-maverick hf=meta-llama/Llama-4-Maverick-17B-128E-Instruct
perplexity llama-3.1-sonar-large-128k-online ! huggingface meta-llama/Llama-3.1-70B-Instruct
openrouter nousresearch/hermes-3-llama-3.1-70b hf=NousResearch/Hermes-3-Llama-3.1-70B ! openrouter nousresearch/hermes-4-70b hf=NousResearch/Hermes-4-70B
openrouter nousresearch/hermes-3-llama-3.1-70b hf=NousResearch/Hermes-3-Llama-3.1-70B ! openrouter nousresearch/hermes-3-llama-3.1-405b hf=NousResearch/Hermes-3-Llama-3.1-405B
huggingface Qwen/Qwen3-32B ! huggingface Qwen/Qwen3-14B
huggingface Qwen/Qwen3-32B ! openrouter qwen/qwen3-vl-32b-instruct hf=Qwen/Qwen3-VL-32B-Instruct
huggingface Qwen/Qwen3-32B ! huggingface Qwen/QwQ-32B
huggingface Qwen/Qwen3-30B-A3B ! huggingface Qwen/Qwen3-235B-A22B
huggingface Qwen/Qwen3-30B-A3B ! bedrock qwen.qwen3-coder-30b-a3b-v1:0
huggingface Qwen/Qwen3-235B-A22B-Instruct-2507 ! huggingface Qwen/Qwen3-235B-A22B-Thinking-2507
huggingface Qwen/Qwen3-30B-A3B-Instruct-2507 ! huggingface Qwen/Qwen3-30B-A3B-Thinking-2507
huggingface Qwen/Qwen3-Next-80B-A3B-Instruct ! huggingface Qwen/Qwen3-Next-80B-A3B-Thinking
huggingface Qwen/Qwen3-VL-8B-Instruct ! huggingface Qwen/Qwen3-VL-8B-Thinking
huggingface Qwen/Qwen3-VL-30B-A3B-Instruct ! huggingface Qwen/Qwen3-30B-A3B-Instruct-2507
huggingface Qwen/Qwen3-Embedding-8B ! huggingface Qwen/Qwen3-8B
huggingface Qwen/Qwen3-Embedding-8B ! huggingface Qwen/Qwen3-Embedding-4B
huggingface Qwen/Qwen3-Embedding-8B ! portkey @deepinfra/Qwen/Qwen3-Reranker-8B via=deepinfra/Qwen/Qwen3-Reranker-8B
huggingface Qwen/Qwen2.5-72B-Instruct ! huggingface Qwen/Qwen2.5-VL-72B-Instruct
huggingface Qwen/Qwen2.5-72B-Instruct ! huggingface Qwen/Qwen2.5-7B-Instruct
huggingface Qwen/Qwen2.5-Coder-32B-Instruct ! portkey @nebius/Qwen/Qwen2.5-32B-Instruct via=nebius/Qwen/Qwen2.5-32B-Instruct
huggingface Qwen/Qwen2.5-Coder-7B-Instruct ! huggingface Qwen/Qwen2.5-Coder-3B-Instruct
huggingface Qwen/Qwen3.5-27B ! openrouter qwen/qwen3.6-27b hf=Qwen/Qwen3.6-27B
huggingface Qwen/Qwen3.5-27B ! huggingface Qwen/Qwen3.5-122B-A10B
openrouter qwen/qwen3-coder-flash ! openrouter qwen/qwen3-coder-plus
openrouter qwen/qwen3-max ! openrouter qwen/qwen3-max-thinking
openrouter qwen/qwen3.6-flash ! openrouter qwen/qwen3.6-plus
deepinfra Qwen/Qwen-Image-Edit ! together Qwen/Qwen-Image
huggingface deepseek-ai/DeepSeek-R1 ! huggingface deepseek-ai/DeepSeek-V3
huggingface deepseek-ai/DeepSeek-R1 ! huggingface deepseek-ai/DeepSeek-R1-Distill-Llama-70B
huggingface deepseek-ai/DeepSeek-R1-Distill-Llama-70B ! novita deepseek/deepseek-r1-distill-llama-8b
huggingface deepseek-ai/DeepSeek-R1-Distill-Llama-70B ! huggingface meta-llama/Llama-3.3-70B-Instruct
huggingface deepseek-ai/DeepSeek-R1-Distill-Qwen-14B ! huggingface deepseek-ai/DeepSeek-R1-Distill-Qwen-32B
huggingface deepseek-ai/DeepSeek-R1-0528 ! novita deepseek/deepseek-r1-0528-qwen3-8b
huggingface deepseek-ai/DeepSeek-V3 ! huggingface deepseek-ai/DeepSeek-V3.1
huggingface deepseek-ai/DeepSeek-V3.1 ! openrouter deepseek/deepseek-v3.1-terminus hf=deepseek-ai/DeepSeek-V3.1-Terminus
huggingface deepseek-ai/DeepSeek-V3.2 ! huggingface deepseek-ai/DeepSeek-V3.1
huggingface deepseek-ai/DeepSeek-V4-Flash ! huggingface deepseek-ai/DeepSeek-V4-Pro
deepseek deepseek-chat ! huggingface deepseek-ai/DeepSeek-V3
deepseek deepseek-chat ! huggingface deepseek-ai/DeepSeek-V3.2
deepseek deepseek-chat ! openrouter deepseek/deepseek-chat hf=deepseek-ai/DeepSeek-V3
deepseek deepseek-reasoner ! huggingface deepseek-ai/DeepSeek-R1
deepseek deepseek-chat ! deepseek deepseek-reasoner
together deepseek-ai/DeepSeek-R1 name="DeepSeek R1-0528" ! huggingface deepseek-ai/DeepSeek-R1
together deepseek-ai/DeepSeek-V3 name="DeepSeek V3-0324" ! huggingface deepseek-ai/DeepSeek-V3
zenmux deepseek/deepseek-v4-flash name="DeepSeek: DeepSeek V4 Flash 0731" ! huggingface deepseek-ai/DeepSeek-V4-Flash
openrouter ~anthropic/claude-sonnet-latest canonical=anthropic/claude-sonnet-5 ! openrouter anthropic/claude-sonnet-5
openrouter ~openai/gpt-latest canonical=openai/gpt-5.6-sol ! openai gpt-5.6-sol
google models/gemini-flash-latest ! google models/gemini-3.6-flash
mistral mistral-large-latest canonical=mistralai/mistral-large-2411 ! mistral mistral-large-2411 canonical=mistralai/mistral-large-2411
openai chat-latest ! zenmux openai/chat-latest
deepinfra anthropic/claude-3-7-sonnet-latest ! vercel anthropic/claude-3.7-sonnet
openrouter z-ai/glm-4.5 hf=zai-org/GLM-4.5 ! openrouter z-ai/glm-4.5-air hf=zai-org/GLM-4.5-Air
openrouter z-ai/glm-4.5 hf=zai-org/GLM-4.5 ! openrouter z-ai/glm-4.5v hf=zai-org/GLM-4.5V
openrouter z-ai/glm-4.6 hf=zai-org/GLM-4.6 ! openrouter z-ai/glm-4.6v hf=zai-org/GLM-4.6V
openrouter z-ai/glm-4.7 hf=zai-org/GLM-4.7 ! openrouter z-ai/glm-4.7-flash hf=zai-org/GLM-4.7-Flash
openrouter z-ai/glm-5 hf=zai-org/GLM-5 ! openrouter z-ai/glm-5-turbo
openrouter z-ai/glm-5-turbo ! openrouter z-ai/glm-5v-turbo
openrouter moonshotai/kimi-k2-thinking hf=moonshotai/Kimi-K2-Thinking ! huggingface moonshotai/Kimi-K2-Instruct
openrouter moonshotai/kimi-k2.5 hf=moonshotai/Kimi-K2.5 ! openrouter moonshotai/kimi-k2.6 hf=moonshotai/Kimi-K2.6
openrouter minimax/minimax-m2 hf=MiniMaxAI/MiniMax-M2 ! openrouter minimax/minimax-m2-her
openrouter minimax/minimax-m2.1 hf=MiniMaxAI/MiniMax-M2.1 ! openrouter minimax/minimax-m2.5 hf=MiniMaxAI/MiniMax-M2.5
openrouter google/gemma-3-4b-it hf=google/gemma-3-4b-it ! openrouter google/gemma-3n-e4b-it hf=google/gemma-3n-E4B-it
openrouter google/gemma-3-27b-it hf=google/gemma-3-27b-it ! openrouter google/gemma-2-27b-it hf=google/gemma-2-27b-it
openrouter google/gemma-4-26b-a4b-it hf=google/gemma-4-26B-A4B-it ! openrouter google/gemma-4-31b-it hf=google/gemma-4-31B-it
openrouter openai/gpt-oss-20b hf=openai/gpt-oss-20b ! openrouter openai/gpt-oss-120b hf=openai/gpt-oss-120b
openrouter openai/gpt-oss-20b hf=openai/gpt-oss-20b ! openrouter openai/gpt-oss-safeguard-20b hf=openai/gpt-oss-safeguard-20b
openrouter openai/whisper-large-v3 hf=openai/whisper-large-v3 ! openrouter openai/whisper-large-v3-turbo hf=openai/whisper-large-v3-turbo
deepinfra BAAI/bge-base-en-v1.5 ! deepinfra BAAI/bge-large-en-v1.5
deepinfra intfloat/multilingual-e5-large ~ deepinfra intfloat/multilingual-e5-large-instruct
deepinfra black-forest-labs/FLUX-1-dev ! deepinfra black-forest-labs/FLUX-1-schnell
deepinfra black-forest-labs/FLUX-1-dev ! deepinfra black-forest-labs/FLUX-2-dev
deepinfra mistralai/Mistral-Small-24B-Instruct-2501 ! deepinfra mistralai/Mistral-Small-3.2-24B-Instruct-2506
deepinfra mistralai/Mixtral-8x7B-Instruct-v0.1 ! nvidia mistralai/mixtral-8x22b-instruct-v0.1
nvidia mistralai/mistral-7b-instruct-v0.2 ! nvidia mistralai/mistral-7b-instruct-v0.3
nvidia microsoft/phi-3-mini-4k-instruct ! nvidia microsoft/phi-3-medium-4k-instruct
nvidia microsoft/phi-3-mini-4k-instruct ! nvidia microsoft/phi-3-mini-128k-instruct
nvidia rakuten/rakutenai-7b-chat ! nvidia rakuten/rakutenai-7b-instruct
nvidia nvidia/nemotron-4-340b-instruct ! nvidia nvidia/nemotron-4-340b-reward
nvidia nvidia/llama-3.1-nemotron-nano-8b-v1 ! nvidia nvidia/llama-3.1-nemotron-nano-vl-8b-v1
nvidia nvidia/llama-3.2-nv-embedqa-1b-v1 ! nvidia nvidia/llama-3.2-nv-embedqa-1b-v2
deepinfra nvidia/Llama-3.3-Nemotron-Super-49B-v1.5 ! nvidia nvidia/llama-3.3-nemotron-super-49b-v1
nvidia google/gemma-2b ! nvidia google/gemma-2-2b-it

huggingface meta-llama/Llama-3.1-8B ~ huggingface meta-llama/Llama-3.1-8B-Instruct
huggingface meta-llama/Llama-3.1-8B ~ openrouter meta-llama/llama-3.1-8b-instruct hf=meta-llama/Meta-Llama-3.1-8B-Instruct
huggingface meta-llama/Llama-3.1-405B ~ hyperbolic meta-llama/Meta-Llama-3.1-405B-FP8
huggingface meta-llama/Llama-3.3-70B-Instruct ~ together meta-llama/Llama-3.3-70B-Instruct-Turbo
huggingface meta-llama/Llama-3.3-70B-Instruct ~ deepinfra meta-llama/Llama-3.3-70B-Instruct-Turbo
huggingface meta-llama/Llama-3.1-8B-Instruct ~ together meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo
huggingface meta-llama/Llama-3.1-8B-Instruct ~ together meta-llama/Meta-Llama-3.1-8B-Instruct-Reference
huggingface meta-llama/Llama-3.1-8B-Instruct ~ cloudflare @cf/meta/llama-3.1-8b-instruct-awq
huggingface meta-llama/Llama-3.1-8B-Instruct ~ cloudflare @cf/meta/llama-3.1-8b-instruct-fp8
huggingface meta-llama/Meta-Llama-3-8B-Instruct ~ together meta-llama/Meta-Llama-3-8B-Instruct-Lite
openrouter meta-llama/llama-4-maverick hf=meta-llama/Llama-4-Maverick-17B-128E-Instruct ~ together meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8
huggingface Qwen/Qwen3-32B ~ novita qwen/qwen3-32b-fp8
huggingface Qwen/Qwen3-30B-A3B ~ cloudflare @cf/qwen/qwen3-30b-a3b-fp8
huggingface Qwen/Qwen3-14B ~ doubleword Qwen/Qwen3-14B-FP8
huggingface Qwen/Qwen3-235B-A22B ~ huggingface Qwen/Qwen3-235B-A22B-Instruct-2507
huggingface Qwen/Qwen3-235B-A22B ~ together Qwen/Qwen3-235B-A22B-fp8-tput
huggingface Qwen/Qwen3-235B-A22B-Instruct-2507 ~ together Qwen/Qwen3-235B-A22B-Instruct-2507-tput
huggingface Qwen/Qwen3-Coder-480B-A35B-Instruct ~ together Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8
huggingface Qwen/Qwen3-Coder-480B-A35B-Instruct ~ deepinfra Qwen/Qwen3-Coder-480B-A35B-Instruct-Turbo
huggingface Qwen/Qwen3-Embedding-4B ~ deepinfra Qwen/Qwen3-Embedding-4B-batch
huggingface Qwen/Qwen2.5-Coder-32B-Instruct ~ venice qwen-2.5-coder-32b hf=Qwen/Qwen2.5-Coder-32B-Instruct-GGUF
huggingface Qwen/Qwen2.5-Coder-7B ~ huggingface Qwen/Qwen2.5-Coder-7B-Instruct
huggingface Qwen/QwQ-32B ~ hyperbolic Qwen/QwQ-32B-Preview
huggingface deepseek-ai/DeepSeek-R1 ~ huggingface deepseek-ai/DeepSeek-R1-0528
huggingface deepseek-ai/DeepSeek-R1-0528 ~ deepinfra deepseek-ai/DeepSeek-R1-0528-Turbo
huggingface deepseek-ai/DeepSeek-R1-0528 ~ together deepseek-ai/DeepSeek-R1-0528-tput
huggingface deepseek-ai/DeepSeek-V3 ~ huggingface deepseek-ai/DeepSeek-V3-0324
huggingface deepseek-ai/DeepSeek-V3.2 ~ openrouter deepseek/deepseek-v3.2-exp hf=deepseek-ai/DeepSeek-V3.2-Exp
huggingface deepseek-ai/DeepSeek-V4-Flash ~ huggingface deepseek-ai/DeepSeek-V4-Flash-0731
zai GLM-5.1 ~ doubleword zai-org/GLM-5.1-FP8
openrouter z-ai/glm-4.7 hf=zai-org/GLM-4.7 ~ nebius zai-org/GLM-4.7-FP8
openrouter z-ai/glm-4.5-air hf=zai-org/GLM-4.5-Air ~ together zai-org/GLM-4.5-Air-FP8
openrouter moonshotai/kimi-k2 hf=moonshotai/Kimi-K2-Instruct ~ huggingface moonshotai/Kimi-K2-Instruct-0905
openrouter tencent/hy3 hf=tencent/Hy3 ~ openrouter tencent/hy3-preview hf=tencent/Hy3-preview
huggingface google/gemma-2-9b ~ nvidia google/gemma-2-9b-it
huggingface google/gemma-2b ~ huggingface google/gemma-2b-it
huggingface thinkingmachines/Inkling ~ modal thinkingmachines/Inkling-NVFP4
deepinfra openai/gpt-oss-120b ~ deepinfra openai/gpt-oss-120b-Turbo
openrouter meituan/longcat-2.0 hf=meituan-longcat/LongCat-2.0 = zenmux meituan/longcat-2.0
`;
